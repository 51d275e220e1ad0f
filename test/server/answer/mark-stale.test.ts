import { expect, test } from 'vitest';
import { markStale } from '../../../server/answer/mark-stale.ts';
import type { ChatEvent, Done, Source } from '../../../server/events.ts';

const now = () => Date.parse('2026-06-01T00:00:00.000Z');

function sourceOf(n: number, changedAt: string): Source {
  return {
    n,
    path: `${n}.md`,
    anchor: '',
    headings: [],
    title: '',
    url: '',
    excerpt: '',
    hash: '',
    changedAt,
  };
}
const old = sourceOf(1, '2023-05-03T10:00:00.000Z');
const older = sourceOf(2, '2020-01-01T00:00:00.000Z');
const fresh = sourceOf(3, '2026-05-03T10:00:00.000Z');

/** The events of an answer with these sources that cites those numbers. */
async function marked(cited: readonly number[], done: Partial<Done> = {}): Promise<ChatEvent[]> {
  const events: ChatEvent[] = [
    { type: 'sources', sources: [old, older, fresh] },
    { type: 'delta', text: 'Text.' },
    ...cited.map((n) => ({
      type: 'claim' as const,
      start: 0,
      end: 5,
      status: 'quoted' as const,
      citations: [{ n, quote: 'Text.', start: 0, end: 5 }],
    })),
    { type: 'done', mode: 'quoted', score: 1, version: 1, timings: {}, ...done },
  ];
  const answer = markStale(
    async function* () {
      yield* events;
    },
    { days: 365, now },
  );
  const result: ChatEvent[] = [];
  for await (const event of answer({ messages: [] }, { signal: new AbortController().signal }))
    result.push(event);
  return result;
}

const noteOf = (events: readonly ChatEvent[]) =>
  events.flatMap((event) => (event.type === 'done' ? [event.note] : []));

test('sources of old text say so', async () => {
  const [sources] = await marked([1]);
  expect(sources).toEqual({
    type: 'sources',
    sources: [{ ...old, stale: true }, { ...older, stale: true }, fresh],
  });
});

test('an answer from old text says when it was last changed', async () => {
  expect(noteOf(await marked([1, 2]))).toEqual([
    'This comes from text that was last changed on 2023-05-03; it may be out of date.',
  ]);
});

test('an answer partly from old text says which part of the time', async () => {
  expect(noteOf(await marked([2, 3], { note: 'Near.' }))).toEqual([
    'Near. Part of this comes from text that was last changed on 2020-01-01 or before; it may be out of date.',
  ]);
});

test('an answer from fresh text, and none at all, say nothing', async () => {
  expect(noteOf(await marked([3]))).toEqual([undefined]);
  expect(noteOf(await marked([], { mode: 'abstained' }))).toEqual([undefined]);
});
