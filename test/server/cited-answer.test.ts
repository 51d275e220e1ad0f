import { expect, test } from 'vitest';
import { citedAnswerOf, lineAt } from '../../server/cited-answer.ts';
import { citedAnswer } from '../../server/contract/cited-answer.ts';
import { documentOf, fakeStore } from './fake-store.ts';

test('a line is counted from 1, whatever ends it', () => {
  expect(['a\nb\n\nc', 'a\r\nb\r\n\r\nc'].map((text) => lineAt(text, text.indexOf('c')))).toEqual([4, 4]);
  expect(lineAt('abc', 0)).toBe(1);
});

test('a citation has the line of its words, a source that of its section, links are made as told', async () => {
  const document = documentOf('rmm.md', 'RMM', 'It watches.\nIt mends.');
  const [section] = document.sections;
  const quote = 'It mends.';
  const start = document.source.indexOf(quote);
  const answered = {
    text: 'It mends. [1]',
    sources: [
      {
        ...{ n: 1, path: 'rmm.md', anchor: 'rmm', headings: ['RMM'], title: 'RMM', url: '/docs/rmm.md#rmm' },
        ...{ excerpt: quote, hash: section?.hash ?? '', changedAt: document.changedAt },
      },
    ],
    claims: [
      { start: 0, end: 9, status: 'quoted' as const, citations: [{ n: 1, quote, start, end: start + 9 }] },
    ],
    done: { mode: 'quoted' as const, score: 0.9, version: 7, timings: {} },
  };
  const snapshot = await fakeStore([document]).current();
  const cited = await citedAnswerOf('Does it mend?', answered, {
    snapshot,
    linkTo: (url) => `http://x${url}`,
  });
  expect(citedAnswer.parse(cited)).toEqual(cited);
  const url = 'http://x/docs/rmm.md#rmm';
  expect(cited).toMatchObject({
    question: 'Does it mend?',
    claims: [{ text: quote, citations: [{ path: 'rmm.md', line: 4, quote, url }] }],
    sources: [{ line: 1, url }],
  });
});
