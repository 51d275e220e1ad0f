import { describe, expect, test } from 'vitest';
import { makeCitationMarkers } from '../../../server/answer/citation-markers.ts';

const known = (n: number) => n >= 1 && n <= 4;

function rewrite(pieces: readonly string[]): string {
  const markers = makeCitationMarkers(known);
  return pieces.map((piece) => markers.push(piece)).join('') + markers.flush();
}

/** The text as written by a model, and as the reader gets it. */
const cases: readonly [written: string, read: string][] = [
  ['An RMM watches devices [1].', 'An RMM watches devices [1].'],
  ['A PSA bills time [1,3].', 'A PSA bills time [1][3].'],
  ['A PSA bills time [1, 3].', 'A PSA bills time [1][3].'],
  ['A PSA bills time [1][3].', 'A PSA bills time [1][3].'],
  ['A PSA bills time [1] [3].', 'A PSA bills time [1][3].'],
  ['A PSA bills time [1; 2 and 3].', 'A PSA bills time [1][2][3].'],
  ['A PSA bills time [1-3].', 'A PSA bills time [1][2][3].'],
  ['A PSA bills time [1–3].', 'A PSA bills time [1][2][3].'],
  ['A PSA bills time【1】.', 'A PSA bills time[1].'],
  ['A PSA bills time 【1†source】.', 'A PSA bills time [1].'],
  ['A PSA bills time 【2†L3-L9】.', 'A PSA bills time [2].'],
  ['A PSA bills time ［1］.', 'A PSA bills time [1].'],
  ['A PSA bills time [1†psa.md].', 'A PSA bills time [1].'],
  ['A PSA bills time [source 1].', 'A PSA bills time [1].'],
  ['A PSA bills time [Sources: 1, 2].', 'A PSA bills time [1][2].'],
  ['A PSA bills time [Passage 1: What Is a PSA?].', 'A PSA bills time [1].'],
  ['A PSA bills time [^1].', 'A PSA bills time [1].'],
  ['A PSA bills time [#1].', 'A PSA bills time [1].'],
  ['A PSA bills time [[1]].', 'A PSA bills time [1].'],
  ['A PSA bills time [1](https://example.com/psa).', 'A PSA bills time [1].'],
  ['A PSA bills time [[1]](psa.md#what-is-a-psa), it does.', 'A PSA bills time [1], it does.'],
  ['A PSA bills time [1][1].', 'A PSA bills time [1].'],
  ['A PSA bills time [1, 1].', 'A PSA bills time [1].'],
  ['Unknown ones go [9].', 'Unknown ones go.'],
  ['Unknown ones go [9] quietly.', 'Unknown ones go quietly.'],
  ['Unknown ones go [1, 9].', 'Unknown ones go [1].'],
  ['Unknown ones go [2][9][1].', 'Unknown ones go [2][1].'],
  ['Unknown ones go [9][1] [8] [2].', 'Unknown ones go [1][2].'],
  ['[1] first, then [2]', '[1] first, then [2]'],
  ['In a list:\n- one [1]\n- two[2]\n', 'In a list:\n- one [1]\n- two[2]\n'],
];

/** Brackets that are no citations. */
const untouched: readonly string[] = [
  'See [the glossary](glossary.md#a) or [docs](https://example.com).',
  'Founded [2024], it says (1).',
  '- [ ] open\n- [x] done\n- [*] other',
  'Escaped \\[1] and \\\\ too.',
  'Inline `items[9]` and ``a`[9]`` stay.',
  '```ts\nconst last = items[9];\n\nitems[8] = [7];\n```\nafter',
  '~~~\nitems[9]\n~~~\n',
  '- a list\n  ```\n  items[9]\n\n  items[9]\n  ```\n',
  'An open [bracket at the end',
  'An open [1 at the end',
  'An open [1](half',
  'A word [1: not a label] and [sourdough 1].',
  'Time [12:30] and [a, b] and [source of truth].',
  'Trailing space ',
  '[',
  '【',
  '~~struck~~ and \\',
];

describe('makeCitationMarkers', () => {
  test.each(cases)('%j is read as %j', (written, read) => {
    expect(rewrite([written])).toBe(read);
  });

  test.each(untouched)('%j stays as it is', (text) => {
    expect(rewrite([text])).toBe(text);
  });

  test('the result is the same wherever the text is cut', () => {
    for (const text of [...cases.map(([written]) => written), ...untouched]) {
      const whole = rewrite([text]);
      expect(rewrite([...text])).toBe(whole);
      for (let cut = 1; cut < text.length; cut++) {
        expect(rewrite([text.slice(0, cut), text.slice(cut)])).toBe(whole);
      }
    }
  });

  test('no piece ends inside a marker', () => {
    for (const [written] of cases) {
      const markers = makeCitationMarkers(known);
      let shown = '';
      for (const character of written) {
        shown += markers.push(character);
        expect(shown).not.toMatch(/[[【［][^\]】］]*$/);
      }
    }
  });

  test('an unclosed backtick ends with its paragraph', () => {
    expect(rewrite(['A lone ` here [1,2]\n\nNext [1,2]'])).toBe('A lone ` here [1,2]\n\nNext [1][2]');
  });

  test('ordinary text passes at once', () => {
    const markers = makeCitationMarkers(known);
    expect(markers.push('An RMM')).toBe('An RMM');
    expect(markers.push(' and [the glossary')).toBe(' and [the glossary');
  });
});
