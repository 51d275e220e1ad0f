import { describe, expect, it } from 'vitest';
import { collectAnswer } from '../../server/collect-answer.ts';
import type { ChatEvent } from '../../server/events.ts';

async function* streamed(...events: ChatEvent[]): AsyncGenerator<ChatEvent> {
  yield* events;
}

const done = { type: 'done', mode: 'written', score: 0.9, version: 3, timings: {} } as const;

describe('an answer handed over whole', () => {
  it('joins the words and keeps the last word on each statement, in the order of the text', async () => {
    const answered = await collectAnswer(
      streamed(
        { type: 'question', text: 'What is an RMM?' },
        { type: 'delta', text: 'One. ' },
        { type: 'delta', text: 'Two.' },
        { type: 'claim', start: 5, end: 9, status: 'unsupported', citations: [], checking: true },
        { type: 'claim', start: 0, end: 4, status: 'quoted', citations: [] },
        { type: 'claim', start: 5, end: 9, status: 'supported', citations: [] },
        done,
      ),
    );
    expect(answered).toEqual({
      question: 'What is an RMM?',
      text: 'One. Two.',
      sources: [],
      claims: [
        { start: 0, end: 4, status: 'quoted', citations: [] },
        { start: 5, end: 9, status: 'supported', citations: [] },
      ],
      done: { mode: 'written', score: 0.9, version: 3, timings: {} },
    });
  });

  it('keeps what the docs say in two ways', async () => {
    const side = {
      n: 1,
      path: 'a.md',
      anchor: '',
      quote: 'A',
      start: 0,
      end: 1,
      changedAt: '2026-01-01T00:00:00Z',
    };
    const sides = [side, { ...side, n: 2, path: 'b.md' }];
    const { disagreements } = await collectAnswer(streamed({ type: 'disagreement', sides }, done));
    expect(disagreements).toEqual([{ sides }]);
  });

  it('is none when the stream ends early', async () => {
    await expect(collectAnswer(streamed({ type: 'delta', text: 'One' }))).rejects.toMatchObject({
      code: 'internal',
    });
  });
});
