import { describe, expect, it } from 'vitest';
import { folderIn, guessSourceUrl, readGitAddress, withoutCredentials } from '../../knowledge/git-address.ts';

describe('the address of a git repository', () => {
  it.each([
    ['https://host/org/repo.git', { url: 'https://host/org/repo.git', ref: undefined, path: undefined }],
    ['git@host:org/repo#v1:docs/', { url: 'git@host:org/repo', ref: 'v1', path: 'docs' }],
    ['/srv/repo.git#main', { url: '/srv/repo.git', ref: 'main', path: undefined }],
    ['file:///srv/repo#:docs', { url: 'file:///srv/repo', ref: undefined, path: 'docs' }],
    ['ext::sh', { url: 'ext::sh', ref: undefined, path: undefined }],
  ])('%s is one', (text, address) => {
    expect(readGitAddress(text)).toEqual(address);
  });

  it.each(['docs', './docs', '/docs/', 'docs//', './docs/.'])('%s is the folder docs of one', (path) => {
    expect(folderIn(path)).toBe('docs');
    expect(readGitAddress(`git@host:org/repo#:${path}`)).toMatchObject({ path: 'docs' });
  });

  it.each(['', '.', './', '/'])('"%s" is all of it', (path) => {
    expect(folderIn(path)).toBeUndefined();
  });

  it.each(['./docs', 'C:\\docs', 'docs#1', '/srv/my.github/docs'])('%s is a folder', (text) => {
    expect(readGitAddress(text)).toBeUndefined();
  });

  it('says where known hosts show a file, and never with a password', () => {
    const guess = (text: string) => guessSourceUrl(readGitAddress(text) ?? { url: '' });
    const shown = 'https://github.com/org/repo/blob/main/docs/{path}#{anchor}';
    expect(guess('https://me:secret@github.com/org/repo.git#main:docs')).toBe(shown);
    expect(guess('git@github.com:org/repo#main:docs')).toBe(shown);
    expect(guess('https://gitlab.com/a/b/c')).toBe('https://gitlab.com/a/b/c/-/blob/HEAD/{path}#{anchor}');
    expect(guess('https://host/org/repo')).toBeUndefined();
    expect(withoutCredentials('see https://me:s@h/x and ssh://git@h/y')).toBe(
      'see https://h/x and ssh://h/y',
    );
  });
});
