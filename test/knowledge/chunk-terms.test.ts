import { expect, test } from 'vitest';
import { termSet, termsOfChunk } from '../../knowledge/chunk-terms.ts';

const sentence = (text: string) => ({ kind: 'sentence' as const, block: 0, start: 0, end: 0, text });
const found = termsOfChunk({
  title: 'The Handbook',
  headings: ['The Handbook', 'Lost badges'],
  sentences: [sentence('Report a lost badge.'), sentence('To be, or not to be!')],
});

test('a text holds a term where the term stands between spaces', () => {
  expect(found.sentences).toEqual([' report lost badg ', '  ']);
  expect(found.context).toBe(' handbook lost badg ');
  expect(found.heading).toBe(' lost badg ');
});

test('the set of some texts has each term once', () => {
  expect(termSet([found.context, ...found.sentences])).toEqual(
    new Set(['handbook', 'lost', 'badg', 'report']),
  );
  expect(termSet(['  '])).toEqual(new Set());
});
