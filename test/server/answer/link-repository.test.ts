import { expect, test } from 'vitest';
import { linkRepository, repositoryUrl } from '../../../server/answer/link-repository.ts';
import type { ChatEvent } from '../../../server/events.ts';
import { fakeStore } from '../fake-store.ts';

test.each([
  ['https://h.org/b/{path}#{anchor}', 'a b/ü.md', 'two--three', 'https://h.org/b/a%20b/%C3%BC.md#two--three'],
  ['https://h.org/b/{path}#{anchor}', 'a.md', '', 'https://h.org/b/a.md'],
  ['https://h.org/{path}?plain=1#L{line}', 'a.md', 'x', 'https://h.org/a.md?plain=1#L7'],
  ['https://h.org/{path}', '"><script>.md', 'x', 'https://h.org/%22%3E%3Cscript%3E.md'],
])('%s filled in for %s', (pattern, path, anchor, url) => {
  expect(repositoryUrl(pattern, { path, anchor, line: 7 })).toBe(url);
});

test('each source of an answer leads to its file; a line that nobody knows is left out', async () => {
  const source = { n: 1, anchor: '', headings: [], title: '', url: '', excerpt: '', hash: '', changedAt: '' };
  const events: ChatEvent[] = [
    { type: 'sources', sources: [{ ...source, path: 'page.html' }] },
    { type: 'delta', text: 'Text.' },
  ];
  const answer = linkRepository(
    async function* () {
      yield* events;
    },
    { pattern: 'https://h.org/{path}#L{line}', store: fakeStore([]) },
  );
  const seen: ChatEvent[] = [];
  for await (const event of answer({ messages: [] }, { signal: new AbortController().signal }))
    seen.push(event);
  expect(seen).toEqual([
    {
      type: 'sources',
      sources: [{ ...source, path: 'page.html', repositoryUrl: 'https://h.org/page.html' }],
    },
    { type: 'delta', text: 'Text.' },
  ]);
});
