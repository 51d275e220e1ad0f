import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../../server/answer/answer.ts';
import type { ChatEvent } from '../../../server/events.ts';
import { type GapStore, openGapStore } from '../../../server/gaps/gap-store.ts';
import { recordGaps } from '../../../server/gaps/record-gaps.ts';
import { gapsRoute } from '../../../server/routes/gaps.ts';

const DAY = 86_400_000;
const nearest = [{ path: 'rmm.md', anchor: 'alerts' }];
let folder: string;
let store: GapStore;
let time: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'docent-gaps-'));
  time = Date.parse('2026-01-01T00:00:00Z');
  store = await openGapStore({ file: join(folder, 'deep', 'gaps.db'), retentionDays: 30, now: () => time });
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the store', () => {
  it('counts a question each time it is asked, whatever its case, the most asked first', async () => {
    await store.record({ question: 'Price?', kind: 'near', score: 0.3, nearest });
    for (const question of ['Who is the CEO?', 'who is the ceo?']) {
      time += 1000;
      await store.record({ question, kind: 'abstained', score: 0.1, nearest: [] });
    }
    expect(await store.list(10)).toEqual([
      {
        question: 'who is the ceo?',
        kind: 'abstained',
        score: 0.1,
        nearest: [],
        count: 2,
        lastAsked: '2026-01-01T00:00:02.000Z',
      },
      {
        question: 'Price?',
        kind: 'near',
        score: 0.3,
        nearest,
        count: 1,
        lastAsked: '2026-01-01T00:00:00.000Z',
      },
    ]);
    expect(await store.list(1)).toHaveLength(1);
  });

  it('forgets what is older than it may be kept', async () => {
    await store.record({ question: 'Old?', kind: 'near', score: 0.3, nearest });
    time += 31 * DAY;
    expect(await store.list(10)).toEqual([]);
    await store.record({ question: 'New?', kind: 'near', score: 0.3, nearest });
    time -= 31 * DAY;
    expect((await store.list(10)).map(({ question }) => question)).toEqual(['New?']);
  });

  it('is read over HTTP, and is not found where gaps aren’t kept', async () => {
    await store.record({ question: 'Price?', kind: 'near', score: 0.3, nearest });
    const body: unknown = await (await gapsRoute({ gaps: store }).request('/')).json();
    expect(body).toMatchObject({ gaps: [{ question: 'Price?', nearest, count: 1 }] });
  });
});

describe('recording', () => {
  const done = { type: 'done', version: 1, timings: {} } as const;
  const answering = (...events: ChatEvent[]): Answer =>
    async function* () {
      yield* events;
    };
  const ask = async (answer: Answer): Promise<ChatEvent[]> => {
    const events: ChatEvent[] = [];
    const request = { messages: [{ role: 'user', content: 'And the price?' }] } as const;
    for await (const event of answer(request, new AbortController().signal)) events.push(event);
    await new Promise((resolve) => setTimeout(resolve, 50));
    return events;
  };
  const neverFails = (error: unknown): never => {
    throw error;
  };

  it('keeps the standalone question of an answer that was none', async () => {
    const events: ChatEvent[] = [
      { type: 'question', text: 'What is the price of NinjaOne?' },
      { ...done, mode: 'abstained', score: 0.1 },
    ];
    expect(await ask(recordGaps(answering(...events), store, neverFails))).toEqual(events);
    expect((await store.list(10)).map(({ question, kind }) => [question, kind])).toEqual([
      ['What is the price of NinjaOne?', 'abstained'],
    ]);
  });

  it('keeps an answer that only comes near, but neither a sure one nor small talk', async () => {
    await ask(recordGaps(answering({ ...done, mode: 'quoted', score: 0.9 }), store, neverFails));
    await ask(recordGaps(answering({ ...done, mode: 'abstained', score: 1 }), store, neverFails));
    expect(await store.list(10)).toEqual([]);
    await ask(
      recordGaps(answering({ ...done, mode: 'quoted', score: 0.3, note: 'Near.' }), store, neverFails),
    );
    expect((await store.list(10)).map(({ kind }) => kind)).toEqual(['near']);
  });

  it('leaves the answer whole when it fails, and says so', async () => {
    const failures: unknown[] = [];
    const broken: GapStore = { ...store, record: () => Promise.reject(new Error('disk full')) };
    const events: ChatEvent[] = [{ ...done, mode: 'abstained', score: 0.1 }];
    expect(await ask(recordGaps(answering(...events), broken, (error) => failures.push(error)))).toEqual(
      events,
    );
    expect(failures).toHaveLength(1);
  });
});
