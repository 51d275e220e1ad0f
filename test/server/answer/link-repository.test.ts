import { expect, test } from 'vitest';
import { linkRepository, repositoryUrl, sourcePattern } from '../../../server/answer/link-repository.ts';
import type { ChatEvent } from '../../../server/events.ts';
import { documentOf, fakeStore } from '../fake-store.ts';

test.each([
  ['https://h.org/b/{path}#{anchor}', 'a b/ü.md', 'two--three', 'https://h.org/b/a%20b/%C3%BC.md#two--three'],
  ['https://h.org/b/{path}#{anchor}', 'a.md', '', 'https://h.org/b/a.md'],
  ['https://h.org/{path}?plain=1#L{line}', 'a.md', 'x', 'https://h.org/a.md?plain=1#L7'],
  ['https://h.org/{path}', '"><script>.md', 'x', 'https://h.org/%22%3E%3Cscript%3E.md'],
])('%s filled in for %s', (pattern, path, anchor, url) => {
  expect(repositoryUrl(pattern, { path, anchor, line: 7 })).toBe(url);
});

test('each source and citation of an answer leads to its file and line; a line that nobody knows is left out', async () => {
  const [quote, before] = ['Beta.', '# A\n\nAlpha.\n\n'];
  const known = { ...documentOf('a.md', 'A', 'Alpha.'), source: `${before}${quote}\n` };
  const cited = { n: 2, quote, start: before.length, end: before.length + quote.length };
  const source = { n: 1, anchor: '', headings: [], title: '', url: '', excerpt: '', hash: '', changedAt: '' };
  const events: ChatEvent[] = [
    {
      type: 'sources',
      sources: [
        { ...source, path: 'page.html' },
        { ...source, n: 2, path: 'a.md' },
      ],
    },
    { type: 'delta', text: 'Text.' },
    { type: 'claim', start: 0, end: 5, status: 'quoted', citations: [cited, { ...cited, n: 3 }] },
  ];
  const answer = linkRepository(
    async function* () {
      yield* events;
    },
    { pattern: 'https://h.org/{path}#L{line}', store: fakeStore([known]) },
  );
  const seen: ChatEvent[] = [];
  for await (const event of answer({ messages: [] }, { signal: new AbortController().signal }))
    seen.push(event);
  expect(seen).toEqual([
    {
      type: 'sources',
      sources: [
        { ...source, path: 'page.html', repositoryUrl: 'https://h.org/page.html' },
        { ...source, n: 2, path: 'a.md', repositoryUrl: 'https://h.org/a.md' },
      ],
    },
    { type: 'delta', text: 'Text.' },
    {
      type: 'claim',
      ...{ start: 0, end: 5, status: 'quoted' },
      citations: [
        { ...cited, repositoryUrl: 'https://h.org/a.md#L5' },
        { ...cited, n: 3 },
      ],
    },
  ]);
});

test('a branch’s slashes stay in the pattern', () => {
  const DOCS_DIR = 'https://h.org/repo.git#feature/x y:docs';
  expect(sourcePattern({ DOCS_DIR, SOURCE_URL: 'https://h.org/{ref}/{path}' })).toBe(
    'https://h.org/feature/x%20y/{path}',
  );
  expect(sourcePattern({ DOCS_DIR: './docs', SOURCE_URL: 'https://h.org/{ref}/{path}' })).toBe(
    'https://h.org/HEAD/{path}',
  );
});
