import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { docsSource } from '../../knowledge/docs-source.ts';
import { readGitAddress } from '../../knowledge/git-address.ts';

test.each([
  ['./docs', './docs'],
  ['docs/', './docs'],
  [resolve('docs'), './docs'],
  ['../..docs', resolve('../..docs')],
  ['/srv/handbook/', '/srv/handbook'],
  ['/srv/repo.git', '/srv/repo.git'],
  ['https://ann:secret@host/team/repo.git#main:docs', 'https://host/team/repo.git#main:docs'],
  ['https://host/team/repo.git#:docs', 'https://host/team/repo.git#:docs'],
  ['git@host:team/repo#v1', 'git@host:team/repo#v1'],
])('%s comes from %s', (docs, source) => {
  expect(docsSource(docs)).toBe(source);
  expect(docsSource(source)).toBe(source);
});

test('what is given beside the address counts, and the name can be given in its place', () => {
  const source = docsSource('https://host/repo.git', { ref: 'main', path: 'docs' });
  expect(source).toBe('https://host/repo.git#main:docs');
  expect(readGitAddress(source)).toEqual({ url: 'https://host/repo.git', ref: 'main', path: 'docs' });
});
