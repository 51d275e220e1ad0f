import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeRangeCounter } from '../../ingest/range-counter.ts';
import { MODEL_DIR } from '../../knowledge/configured-embedder.ts';
import { loadTokenizer } from '../../knowledge/tokenizer.ts';

const { countTokens } = loadTokenizer(MODEL_DIR);

test('a range counts as much as its text by itself, wherever it begins and ends', () => {
  const part = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom(' ', '\n', '\r\n', '\t', 'onboarding', 'self-service', 'naïve', '한국어', '\u00a0'),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), fc.nat(200), fc.nat(200), (parts, a, b) => {
      const text = parts.join('');
      const [start = 0, end = 0] = [a, b].map((at) => Math.min(at, text.length)).sort((x, y) => x - y);
      expect(makeRangeCounter(text, countTokens)({ start, end })).toBe(countTokens(text.slice(start, end)));
    }),
  );
});

test('each word is counted once, however many ranges hold it', () => {
  const counted: string[] = [];
  const count = makeRangeCounter('one two three four', (word) => {
    counted.push(word);
    return word.length;
  });
  expect([0, 4, 8].map((start) => count({ start, end: 18 }))).toEqual([15, 12, 9]);
  expect(counted).toEqual(['one', 'two', 'three', 'four']);
  expect(count({ start: 1, end: 6 })).toBe(4);
  expect(count({ start: 1, end: 2 })).toBe(1);
  expect(counted.slice(4)).toEqual(['ne', 'tw', 'n']);
});
