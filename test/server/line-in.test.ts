import { expect, test } from 'vitest';
import { lineIn } from '../../server/line-in.ts';

test('a line is counted from 1, whatever ends it', () => {
  const lineOf = (source: string) => lineIn({ path: 'a.md', source }, source.indexOf('c'));
  expect(['c', 'a\nb\n\nc', 'a\r\nb\r\n\r\nc'].map(lineOf)).toEqual([1, 4, 4]);
});

test('text that was made from HTML has no line of its file', () => {
  expect(lineIn({ path: 'a.html', source: 'a\nb' }, 2)).toBe(1);
});
