import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GapStore, openGapStore } from '../../../server/gaps/gap-store.ts';
import { gapOf } from './gap-records.ts';

const DAY = 86_400_000;
let folder: string;
let store: GapStore;
let time: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'docent-gaps-'));
  time = Date.parse('2026-01-01T00:00:00Z');
  store = await open();
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(mostRows?: number): Promise<GapStore> {
  const file = join(folder, 'deep', 'gaps.db');
  return openGapStore({ file, retentionDays: 30, now: () => time, ...(mostRows && { mostRows }) });
}
const questions = async () => (await store.open(10)).map(({ question }) => question);

describe('the store of gaps', () => {
  it('gives back what was recorded, newest first', async () => {
    const first = gapOf('Price?', { kind: 'near', mode: 'quoted', score: 0.3 });
    const second = gapOf("Robert'); DROP TABLE open_questions;--", { why: 'Too “short”.' });
    await store.record(first);
    time += 1000;
    await store.record(second);
    expect(await store.open(10)).toEqual([
      { ...second, time },
      { ...first, time: time - 1000 },
    ]);
    expect(await store.open(1)).toHaveLength(1);
  });

  it('keeps them over a restart', async () => {
    await store.record(gapOf('Price?'));
    store.close();
    store = await open();
    expect(await questions()).toEqual(['Price?']);
  });

  it('counts good ratings and lists only bad ones', async () => {
    for (const kind of ['rated-up', 'rated-up', 'rated-down'] as const) {
      await store.record({ question: kind, kind, score: 0.9, nearest: [] });
    }
    expect(await store.ratings()).toEqual({ up: 2, down: 1 });
    expect(await questions()).toEqual(['rated-down']);
  });

  it('forgets what is older than it may be kept', async () => {
    await store.record(gapOf('Old?'));
    time += 31 * DAY;
    expect(await questions()).toEqual([]);
    await store.record(gapOf('New?'));
    time -= 31 * DAY;
    expect(await questions()).toEqual(['New?']);
  });

  it('forgets the oldest when there are too many', async () => {
    store.close();
    store = await open(2);
    for (const question of ['a', 'b', 'c']) await store.record(gapOf(question));
    expect(await questions()).toEqual(['c', 'b']);
  });
});
