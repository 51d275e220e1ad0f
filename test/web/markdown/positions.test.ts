import type { Nodes } from 'mdast';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../web/markdown/parse.ts';
import { runOf, splitRun, type TextRun } from '../../../web/markdown/positions.ts';

function runsOf(source: string): TextRun[] {
  const { root, text, base } = parseDocument(source);
  const runs: TextRun[] = [];
  const visit = (node: Nodes) => {
    if (node.type === 'text' || node.type === 'code' || node.type === 'inlineCode') {
      const run = runOf(node, text, base);
      if (run) runs.push(run);
    }
    if ('children' in node) node.children.forEach(visit);
  };
  visit(root);
  return runs;
}

/** The drawn text inside a range of the source. */
function drawnIn(source: string, words: string): string {
  const start = source.indexOf(words);
  const ranges = [{ start, end: start + words.length }];
  const pieces = runsOf(source).flatMap((run) => splitRun(run, ranges));
  return pieces.map((piece) => (piece.inside.length > 0 ? piece.text : '')).join('');
}

describe('runOf', () => {
  it.each([
    ['plain words', 'Some plain words here', 'plain words', 'plain words'],
    ['across markup', 'It is **very bold** indeed', 'is **very bold** in', 'is very bold in'],
    ['after an escape', 'a \\* b star', 'b star', 'b star'],
    ['from an escape on', 'well! \\* b star', '\\* b', '* b'],
    ['after a character reference', 'R&amp;D needs &copy; care', 'needs', 'needs'],
    ['on the next line of a quote', '> one\n> two three', 'two', 'two'],
    ['on the next line of a list item', '- one\n  two three', 'two', 'two'],
    ['in inline code', 'run `npm ci` now', 'npm ci', 'npm ci'],
    ['in fenced code', '```sh\nnpm ci\nnpm test\n```', 'npm test', 'npm test'],
    ['in fenced code of a list', '- a\n\n  ```sh\n  npm ci\n  npm test\n  ```', 'npm test', 'npm test'],
    ['in indented code', 'a\n\n    npm ci\n    npm test', 'npm test', 'npm test'],
    ['in a table', '| a | b |\n| - | - |\n| one | two |', 'two', 'two'],
    ['after a byte order mark', '\uFEFFFirst words', 'words', 'words'],
    ['with CRLF', 'one\r\ntwo three', 'three', 'three'],
  ])('finds words %s', (_, source, words, drawn) => {
    expect(drawnIn(source, words)).toBe(drawn);
  });
});

describe('splitRun', () => {
  it('cuts at the borders of ranges that overlap', () => {
    const run = { value: 'abcdef', offsets: [10, 11, 12, 13, 14, 15, 16] };
    const pieces = splitRun(run, [
      { start: 11, end: 14 },
      { start: 13, end: 99 },
      { start: 0, end: 10 },
    ]);
    expect(pieces.map(({ text, inside }) => [text, inside])).toEqual([
      ['a', []],
      ['bc', [0]],
      ['d', [0, 1]],
      ['ef', [1]],
    ]);
    expect(pieces.map(({ start, end }) => [start, end])).toEqual([
      [10, 11],
      [11, 13],
      [13, 14],
      [14, 16],
    ]);
  });
});
