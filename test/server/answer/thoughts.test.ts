import { describe, expect, test } from 'vitest';
import { makeThoughtFilter } from '../../../server/answer/thoughts.ts';

function filter(pieces: readonly string[]): string {
  const thoughts = makeThoughtFilter();
  return pieces.map((piece) => thoughts.push(piece)).join('') + thoughts.flush();
}

const cases: readonly [written: string, read: string][] = [
  ['An RMM watches devices.', 'An RMM watches devices.'],
  [
    '<think>The user asks…\n\nI should cite [1].</think>\n\nAn RMM watches devices [1].',
    'An RMM watches devices [1].',
  ],
  ['<thinking>hm <b> </think> hm</thinking>Yes.', 'Yes.'],
  ['  \n<think></think>Yes.', 'Yes.'],
  ['One.<think>second thoughts</think> Two.', 'One. Two.'],
  ['Already thought.</think>Yes.', 'Already thought.Yes.'],
  ['<think>cut off in the middle', ''],
  ['a < b and <thin ice> and <', 'a < b and <thin ice> and <'],
];

describe('makeThoughtFilter', () => {
  test.each(cases)('%j is read as %j, wherever it is cut', (written, read) => {
    expect(filter([written])).toBe(read);
    expect(filter([...written])).toBe(read);
    for (let cut = 1; cut < written.length; cut++) {
      expect(filter([written.slice(0, cut), written.slice(cut)])).toBe(read);
    }
  });

  test('text passes at once', () => {
    expect(makeThoughtFilter().push('An RMM')).toBe('An RMM');
  });
});
