import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { GapStore } from '../../../server/gaps/gap-store.ts';
import { openGapStore, shownDatabase } from '../../../server/gaps/open-gap-store.ts';
import { gapOf } from './gap-records.ts';
import { findPostgres, type Postgres, startPostgres } from './postgres.ts';

const DAY = 86_400_000;
const programs = findPostgres();
let folder: string;
let postgres: Postgres | undefined;
let database: string;
let store: GapStore;
let time: number;

function open(mostRows?: number): Promise<GapStore> {
  return openGapStore({ database, retentionDays: 30, now: () => time, ...(mostRows && { mostRows }) });
}
const questions = async () => (await store.open(100)).map(({ question }) => question);

beforeEach(() => {
  time = Date.parse('2026-01-01T00:00:00Z');
});

describe('gaps in an SQLite file', () => {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'docent-gaps-'));
    database = join(folder, 'deep', 'gaps.db');
    store = await open();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  describeStore();
});

describe.skipIf(programs === undefined)('gaps in PostgreSQL (an installed server)', () => {
  beforeAll(async () => {
    postgres = await startPostgres(programs ?? '');
  }, 60_000);
  afterAll(() => postgres?.close());
  beforeEach(async () => {
    database = (await postgres?.makeDatabase()) ?? '';
    store = await open();
  });
  describeStore();

  it('are shared by servers that start together', async () => {
    const stores = await Promise.all(Array.from({ length: 5 }, () => open()));
    const records = stores.map((each, at) => each.record(gapOf(`From ${at}?`)));
    await Promise.all(records);
    await Promise.all(stores.map((each) => each.close()));
    expect((await questions()).sort()).toEqual(['From 0?', 'From 1?', 'From 2?', 'From 3?', 'From 4?']);
  });

  it('are there again after the server was, without a restart here', async () => {
    await store.record(gapOf('Before?'));
    await postgres?.stop();
    await expect(store.record(gapOf('Meanwhile?'))).rejects.toThrow(/ECONNREFUSED|terminat/);
    await expect(store.open(10)).rejects.toThrow(/ECONNREFUSED|terminat/);
    await postgres?.start();
    await store.record(gapOf('After?'));
    expect(await questions()).toEqual(['After?', 'Before?']);
  });

  it('tell of a wrong password without it', async () => {
    await store.close();
    database = database.replace(/:[^:@]*@/, ':Geheim%2F1@');
    store = await open();
    const fault = await store.ratings().catch(String);
    expect(fault).toMatch(/password authentication failed/);
    expect(fault).not.toMatch(/Geheim/);
  });
});

describe('the database as it is told of', () => {
  it.each([
    ['postgres://docent:secret@db.example:5433/docent?sslmode=require', 'postgres://db.example:5433/docent'],
    ['postgresql://docent@db.example/docent', 'postgres://db.example/docent'],
    ['postgres://do cent:sec/ret@:x/docent', 'postgres://:x/docent'],
    ['./.docent/gaps.db', './.docent/gaps.db'],
  ])('%s', (given, shown) => expect(shownDatabase(given)).toBe(shown));
});

/** What holds for each kind of database. */
function describeStore() {
  afterEach(() => store.close());

  it('give back what was recorded, newest first', async () => {
    const first = gapOf('Price?', { kind: 'near', mode: 'quoted', score: 0.3 });
    const second = gapOf("Robert'); DROP TABLE open_questions;-- ¿“ö”? 🙂", { why: 'Too “short”.' });
    await store.record(first);
    time += 1000;
    await store.record(second);
    expect(await store.open(10)).toEqual([
      { ...second, time },
      { ...first, time: time - 1000 },
    ]);
    expect(await store.open(1)).toHaveLength(1);
  });

  it('take in a question with characters that no database can hold', async () => {
    await store.record(gapOf('Nul\0? Half \ud83d'));
    expect(await questions()).toHaveLength(1);
  });

  it('stay over a restart', async () => {
    await store.record(gapOf('Price?'));
    await store.close();
    store = await open();
    expect(await questions()).toEqual(['Price?']);
  });

  it('are counted when rated well and listed when rated badly', async () => {
    for (const kind of ['rated-up', 'rated-up', 'rated-down'] as const) {
      await store.record({ question: kind, kind, score: 0.9, nearest: [] });
    }
    expect(await store.ratings()).toEqual({ up: 2, down: 1 });
    expect(await questions()).toEqual(['rated-down']);
  });

  it('go when they are older than they may be kept', async () => {
    await store.record(gapOf('Old?'));
    time += 31 * DAY;
    expect(await questions()).toEqual([]);
    await store.record(gapOf('New?'));
    time -= 31 * DAY;
    expect(await questions()).toEqual(['New?']);
  });

  it('go, the oldest first, when there are too many', async () => {
    await store.close();
    store = await open(2);
    for (const question of ['a', 'b', 'c']) await store.record(gapOf(question));
    expect(await questions()).toEqual(['c', 'b']);
  });

  it('lose none of many that come at once', async () => {
    const names = Array.from({ length: 30 }, (_, at) => `Question ${at}?`);
    await Promise.all(names.map((name) => store.record(gapOf(name))));
    expect((await questions()).sort()).toEqual(names.sort());
  });
}
