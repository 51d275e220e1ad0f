import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planWindows } from '../../knowledge/embed-windows.ts';

const frame = { head: [1, 2], tail: [9], maxTokens: 100 };
const run = (length: number, id = 5) => Array<number>(length).fill(id);

test('a passage that fits is one window: head, context, sentences, tail', () => {
  expect(planWindows({ context: [3, 4], sentences: [[5], [6, 7]] }, frame)).toEqual([
    {
      ids: [1, 2, 3, 4, 5, 6, 7, 9],
      spans: [
        { sentence: 0, start: 4, end: 5 },
        { sentence: 1, start: 5, end: 7 },
      ],
    },
  ]);
});

test('a context that does not fit loses its beginning first', () => {
  const context = [...run(60, 3), ...run(10, 4)];
  const [only, ...more] = planWindows({ context, sentences: [run(40)] }, frame);
  expect(more).toEqual([]);
  expect(only?.ids).toHaveLength(100);
  expect(only?.ids.slice(2, 59)).toEqual(context.slice(-57));
});

test('then sentences go to further windows, each with context', () => {
  const windows = planWindows({ context: run(70, 3), sentences: [run(30), run(30), run(15)] }, frame);
  expect(windows.map(({ spans }) => spans.map((span) => span.sentence))).toEqual([[0], [1, 2]]);
});

test('every sentence is in exactly one window and no window is too long', () => {
  const lengths = fc.array(fc.nat(150), { maxLength: 12 });
  fc.assert(
    fc.property(fc.nat(120), lengths, (context, sentences) => {
      const windows = planWindows({ context: run(context), sentences: sentences.map((n) => run(n)) }, frame);
      const placed = windows.flatMap(({ spans }) => spans.map((span) => span.sentence));
      expect(placed).toEqual(sentences.map((_, index) => index));
      for (const { ids, spans } of windows) {
        expect(ids.length).toBeLessThanOrEqual(100);
        for (const span of spans) {
          const room = 97 - Math.min(context, 48);
          const length = sentences[span.sentence] ?? 0;
          expect(span.end - span.start).toBeGreaterThanOrEqual(Math.min(length, room));
        }
      }
    }),
  );
});
