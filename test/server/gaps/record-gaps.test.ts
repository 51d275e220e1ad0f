import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../server/answer/answer.ts';
import type { ChatEvent, Source } from '../../../server/events.ts';
import type { GapRecord } from '../../../server/gaps/gap-store.ts';
import { recordGaps } from '../../../server/gaps/record-gaps.ts';
import { alerts } from './gap-records.ts';

const done = { type: 'done', version: 1, timings: {} } as const;
const source: Source = {
  ...alerts,
  n: 1,
  title: 'RMM',
  url: '/docs/rmm.md#alerts',
  excerpt: '',
  changedAt: '',
};

const answering = (...events: ChatEvent[]): Answer =>
  async function* () {
    yield* events;
  };

/** What is recorded of an answer, and what the reader has got of it by then. */
async function recorded(answer: Answer): Promise<{ records: GapRecord[]; events: ChatEvent[] }> {
  const events: ChatEvent[] = [];
  const records: GapRecord[] = [];
  const record = async (gap: GapRecord) => void records.push(gap);
  const fail = (error: unknown) => {
    throw error;
  };
  const { signal } = new AbortController();
  const request = { messages: [{ role: 'user', content: ' And the price? ' }] } as const;
  for await (const event of recordGaps(answer, { record }, fail)(request, { signal })) {
    expect(records).toEqual([]);
    events.push(event);
  }
  return { records, events };
}

describe('recording gaps', () => {
  it('keeps the standalone question of an answer that was none, with the nearest sections', async () => {
    const events: ChatEvent[] = [
      { type: 'question', text: 'What is the price of NinjaOne?' },
      { type: 'sources', sources: [source] },
      { ...done, mode: 'abstained', score: 0.1 },
    ];
    expect(await recorded(answering(...events))).toEqual({
      events,
      records: [
        {
          question: 'What is the price of NinjaOne?',
          kind: 'abstained',
          mode: 'abstained',
          score: 0.1,
          nearest: [alerts],
        },
      ],
    });
  });

  it('keeps an answer that only comes near, under the question as asked', async () => {
    const { records } = await recorded(answering({ ...done, mode: 'quoted', score: 0.3, note: 'Near.' }));
    expect(records).toEqual([
      { question: 'And the price?', kind: 'near', mode: 'quoted', score: 0.3, nearest: [] },
    ]);
  });

  it('keeps neither a sure answer nor small talk nor an answer without an end', async () => {
    const sure = await recorded(answering({ ...done, mode: 'quoted', score: 0.9 }));
    const talk = await recorded(answering({ ...done, mode: 'abstained', score: 1 }));
    const cut = await recorded(answering({ type: 'delta', text: 'The' }));
    expect([sure.records, talk.records, cut.records]).toEqual([[], [], []]);
  });

  it('leaves the answer whole when it fails, and says so', async () => {
    const events: ChatEvent[] = [{ ...done, mode: 'abstained', score: 0.1 }];
    const got: ChatEvent[] = [];
    const failed = new Promise((resolve) => {
      const record = () => Promise.reject(new Error('disk full'));
      const answer = recordGaps(answering(...events), { record }, resolve);
      void (async () => {
        const request = { messages: [{ role: 'user', content: 'Price?' }] } as const;
        for await (const event of answer(request, { signal: new AbortController().signal })) got.push(event);
      })();
    });
    expect(await failed).toEqual(new Error('disk full'));
    expect(got).toEqual(events);
  });
});
