import { expect, test } from 'vitest';
import { citedAnswerOf } from '../../server/cited-answer.ts';
import { citedAnswer } from '../../server/contract/cited-answer.ts';
import { closingOf, withoutAdditions } from '../../server/openai/closing.ts';
import { PLAIN, proofText } from '../../server/proof-text.ts';
import { documentOf, fakeStore } from './fake-store.ts';

test('a citation has the line of its words, a source that of its section, links lead where told', async () => {
  const document = documentOf('rmm.md', 'RMM', 'It watches.\nIt mends.');
  const [section] = document.sections;
  const quote = 'It mends.';
  const start = document.source.indexOf(quote);
  const answered = {
    text: 'It mends. [1] See [PSA](/docs/psa.md#time) and [us](https://x.example/docs/).',
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
    docs: 'http://x/docs/',
  });
  expect(citedAnswer.parse(cited)).toEqual(cited);
  const url = 'http://x/docs/rmm.md#rmm';
  expect(cited).toMatchObject({
    answer: 'It mends. [1] See [PSA](http://x/docs/psa.md#time) and [us](https://x.example/docs/).',
    question: 'Does it mend?',
    claims: [{ text: quote, citations: [{ path: 'rmm.md', line: 4, quote, url }] }],
    sources: [{ line: 1, url }],
  });
});

test('what the docs say in two ways has its lines too, and stands under the answer, the newest first', async () => {
  const [leave, benefits] = [
    documentOf('leave.md', 'Leave', 'You get 28 days of leave.'),
    documentOf('benefits.md', 'Benefits', 'Gym.\n\nYou get 25 days of leave.'),
  ];
  const sources = [leave, benefits].map(({ path, title, hash, changedAt }, i) => {
    const anchor = title.toLowerCase();
    const url = `/docs/${path}#${anchor}`;
    return { n: i + 1, path, anchor, headings: [title], title, url, excerpt: '', hash, changedAt };
  });
  const sides = [leave, benefits].map(({ path, source }, i) => {
    const start = source.indexOf('You get');
    const quote = source.slice(start).trim();
    const changedAt = `202${6 - i}-03-02T08:00:00.000Z`;
    return { n: i + 1, path, anchor: '', quote, start, end: start + quote.length, changedAt };
  });
  const answered = {
    text: 'You get 28 days of leave. [1]',
    sources,
    claims: [],
    disagreements: [{ sides }],
    done: { mode: 'quoted' as const, score: 0.9, version: 7, timings: {} },
  };
  const snapshot = await fakeStore([leave, benefits]).current();
  const cited = await citedAnswerOf('How much leave?', answered, { snapshot, docs: '' });
  expect(citedAnswer.parse(cited)).toEqual(cited);
  expect(cited.disagreements?.map((each) => each.map(({ path, line }) => [path, line]))).toEqual([
    [
      ['leave.md', 3],
      ['benefits.md', 5],
    ],
  ]);
  expect(proofText(cited, { paint: PLAIN, addressOf: ({ url }) => url })).toContain(
    [
      'The docs disagree:',
      '2026-03-02 leave.md:3  You get 28 days of leave.',
      '2025-03-02 benefits.md:5  You get 25 days of leave.',
    ].join('\n'),
  );
  const closing = closingOf(answered, 'http://x');
  expect(closing).toContain(
    '**The docs disagree:**\n\n- Changed 2026-03-02: “You get 28 days of leave.” [1](http://x/docs/leave.md?q=',
  );
  expect(withoutAdditions(`Said [1].${closing}`)).toBe('Said [1].');
  const done = { ...answered.done, note: 'The docs say *nothing* of overtime.' };
  expect(withoutAdditions(`Said [1].${closingOf({ ...answered, done }, 'http://x')}`)).toBe('Said [1].');
  const abstained = { ...answered, done: { ...done, mode: 'abstained' as const } };
  expect(withoutAdditions(`No answer.${closingOf(abstained, 'http://x')}`)).toBe('No answer.');
  const own = 'Two:\n\n- [one](http://x/docs/a.md)\n- two\n\n**Bold.**';
  expect(withoutAdditions(own)).toBe(own);
});
