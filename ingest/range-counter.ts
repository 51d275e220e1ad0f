import type { Range } from '../knowledge/document.ts';
import { firstFrom } from './first-from.ts';
import type { CountTokens } from './split-section.ts';

const WORDS = /[^ \t\r\n]+/g;

/**
 * Counts the tokens of ranges of a text. Each word between white space is counted once, for all ranges that hold it;
 * only the words that a range begins or ends in are counted again.
 */
export function makeRangeCounter(text: string, countTokens: CountTokens): (range: Range) => number {
  const starts: number[] = [];
  const ends: number[] = [];
  /** Tokens of all words before. */
  const before: number[] = [0];
  for (const { 0: word, index } of text.matchAll(WORDS)) {
    starts.push(index);
    ends.push(index + word.length);
    before.push((before.at(-1) ?? 0) + countTokens(word));
  }

  return ({ start, end }) => {
    // The words that reach into the range, and of them those that it holds whole.
    const first = firstFrom(ends, start + 1, same);
    const last = firstFrom(starts, end, same);
    if (first >= last) return 0;
    const whole = {
      first: (starts[first] ?? 0) < start ? first + 1 : first,
      last: (ends[last - 1] ?? 0) > end ? last - 1 : last,
    };
    const part = (index: number) =>
      countTokens(text.slice(Math.max(start, starts[index] ?? 0), Math.min(end, ends[index] ?? 0)));
    if (whole.first > whole.last) return part(first);
    const edges = (whole.first > first ? part(first) : 0) + (whole.last < last ? part(last - 1) : 0);
    return edges + (before[whole.last] ?? 0) - (before[whole.first] ?? 0);
  };
}

function same(place: number): number {
  return place;
}
