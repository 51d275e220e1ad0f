import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Checkout, checkOutDocs } from '../../ingest/git-checkout.ts';
import { gitFault } from '../../ingest/git-fault.ts';
import { runIngest } from '../../ingest/run-ingest.ts';
import { countWords } from './count-words.ts';
import { tempFolder, writeInto } from './temp-folder.ts';
import { makeWordEmbedder } from './word-embedder.ts';

type Files = Readonly<Record<string, string>>;

/** A working clone and the bare repository that it pushes to. */
function makeRepository(files: Files) {
  const [work, bare] = [tempFolder(), join(tempFolder(), 'team', 'docs.git')];
  const git = (...args: string[]) => execFileSync('git', args, { cwd: work, stdio: 'pipe' }).toString();
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', bare]);
  execFileSync('git', ['--git-dir', bare, 'config', 'uploadpack.allowFilter', 'true']);
  git('init', '-q', '-b', 'main');
  git('remote', 'add', 'origin', bare);
  const push = (changes: Files, date: string, branch = 'main') => {
    for (const [path, content] of Object.entries(changes)) writeInto(work, path, content);
    git('add', '-A');
    const who = ['-c', 'user.name=T', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false'];
    const env = { ...process.env, GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date };
    execFileSync('git', [...who, 'commit', '-qm', 'docs'], { cwd: work, env });
    git('push', '-q', 'origin', `HEAD:refs/heads/${branch}`);
  };
  push(files, '2024-01-02T03:04:05Z');
  return { bare, url: pathToFileURL(bare).href, push, git };
}

/** The folder of a checkout that is released at once. */
async function folderOf(...args: Parameters<typeof checkOutDocs>): Promise<string> {
  const { docsDir, release } = await checkOutDocs(...args);
  await release();
  return docsDir;
}

const timeOf = (folder: string, path: string) => statSync(join(folder, path)).mtime.toISOString();

/** Every file below a folder, as one text: what is stored on disk. */
function allTextBelow(folder: string): string {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1')).join('\n');
}

describe('documents from a git repository', () => {
  it('are those of the branch and folder named, each with the time of its own last commit', async () => {
    const { url, push } = makeRepository({
      'docs/a.md': '# A\n',
      'docs/b.md': '# B\n',
      'src/big.md': '# No\n',
    });
    push({ 'docs/b.md': '# B\n\nNew.\n' }, '2025-06-07T08:09:10Z');
    push({ 'docs/a.md': '# Draft\n' }, '2025-07-01T00:00:00Z', 'draft');
    const cacheDir = tempFolder();

    const folder = await folderOf({ url, path: 'docs', ref: 'main' }, { cacheDir });
    expect(readdirSync(folder).sort()).toEqual(['a.md', 'b.md']);
    expect(existsSync(join(folder, '..', 'src'))).toBe(false);
    expect(readFileSync(join(folder, 'a.md'), 'utf8')).toBe('# A\n');
    expect(timeOf(folder, 'a.md')).toBe('2024-01-02T03:04:05.000Z');
    expect(timeOf(folder, 'b.md')).toBe('2025-06-07T08:09:10.000Z');

    expect(await folderOf({ url, path: 'docs', ref: 'draft' }, { cacheDir })).toBe(folder);
    expect(readFileSync(join(folder, 'a.md'), 'utf8')).toBe('# Draft\n');
  });

  it('are embedded again only where a push changed them, and go when they are deleted', async () => {
    const { bare, push, git } = makeRepository({
      'a.md': '# A\n\nAlpha.\n\n## Kept\n\nThe same.\n',
      'b.md': '# B\n\nBeta.\n',
      'c.txt': 'Gamma.\n',
    });
    const [cacheDir, storeUri] = [tempFolder(), join(tempFolder(), 'store')];
    const ingest = async () => {
      const docsDir = await folderOf({ url: bare }, { cacheDir });
      const options = { docsDir, storeUri, full: false, countTokens: countWords };
      return await runIngest({ ...options, embedder: makeWordEmbedder() });
    };
    expect(await ingest()).toMatchObject({ files: 3, chunks: 4, embedded: 4 });
    git('rm', '-q', 'b.md');
    push({ 'a.md': '# A\n\nAlpha, mended.\n\n## Kept\n\nThe same.\n' }, '2025-01-01T00:00:00Z');
    expect(await ingest()).toMatchObject({ files: 2, chunks: 3, embedded: 1 });
    expect(await ingest()).toMatchObject({ files: 2, chunks: 3, embedded: 0 });
  });

  it('are fetched although a killed git has left its locks', async () => {
    const { url, push } = makeRepository({ 'a.md': '# A\n' });
    const cacheDir = tempFolder();
    const folder = await folderOf({ url }, { cacheDir });
    const repository = join(folder, '..', 'repository');
    for (const path of ['index.lock', 'config.lock', 'refs/docent/head.lock'])
      writeInto(repository, path, '');
    push({ 'a.md': '# A, mended\n' }, '2025-01-01T00:00:00Z');
    expect(await folderOf({ url }, { cacheDir })).toBe(folder);
    expect(readFileSync(join(folder, 'a.md'), 'utf8')).toBe('# A, mended\n');
  });

  it('stay as they are while an ingest reads them; another branch waits until it has ended', async () => {
    const { url, push } = makeRepository({ 'a.md': '# A\n' });
    push({ 'a.md': '# Draft\n' }, '2025-07-01T00:00:00Z', 'draft');
    const cacheDir = tempFolder();
    const first = await checkOutDocs({ url, ref: 'draft' }, { cacheDir });
    let second: Promise<Checkout> | undefined;
    const told = await new Promise<string>((tell) => {
      second = checkOutDocs({ url, ref: 'HEAD' }, { cacheDir, tell });
    });
    expect(told).toBe(
      `Another ingest (process ${process.pid}) is reading what was fetched from ${url}. This one goes on when that has ended.`,
    );
    expect(readFileSync(join(first.docsDir, 'a.md'), 'utf8')).toBe('# Draft\n');
    await first.release();
    const { docsDir, release } = (await second) ?? first;
    expect(readFileSync(join(docsDir, 'a.md'), 'utf8')).toBe('# A\n');
    await release();
  });

  it('can be waited for no longer', async () => {
    const { url } = makeRepository({ 'a.md': '# A\n' });
    const cacheDir = tempFolder();
    const { release } = await checkOutDocs({ url }, { cacheDir });
    const stop = new AbortController();
    const tell = () => stop.abort();
    await expect(checkOutDocs({ url }, { cacheDir, tell, signal: stop.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    await release();
  });

  it('say what is wrong with the address, and what to do', async () => {
    const { url } = makeRepository({ 'a.md': '# A\n' });
    const cacheDir = tempFolder();
    const fails = (address: Parameters<typeof checkOutDocs>[0]) =>
      checkOutDocs(address, { cacheDir }).then(
        () => 'no fault',
        (error: unknown) => String(error),
      );
    expect(await fails({ url, ref: 'nope' })).toMatch(/no branch, tag or commit "nope".*--ref/);
    expect(await fails({ url, path: 'nope' })).toMatch(/has no folder "nope" at HEAD.*--path/);
    expect(await fails({ url: `${url}x` })).toMatch(/no git repository at file:/);
    expect(await fails({ url: 'ext::sh -c "touch pwned"' })).toMatch(/not allowed/);
    expect(await fails({ url: '--upload-pack=x' })).toMatch(/not allowed/);
    expect(await fails({ url, ref: '--exec=x' })).toMatch(/can't be the name of a branch/);
    expect(await fails({ url, path: '../..' })).toMatch(/can't be a folder/);
    const away = await fails({ url: 'http://me:secret@127.0.0.1:9/x.git' });
    expect(away).toMatch(/http:\/\/127\.0\.0\.1:9\/x\.git can't be reached/);
    expect(allTextBelow(cacheDir)).not.toContain('secret');
  });

  it('tell of a folder that they can’t be kept in', async () => {
    const { url } = makeRepository({ 'a.md': '# A\n' });
    const file = join(tempFolder(), 'file');
    writeFileSync(file, '');
    await expect(checkOutDocs({ url }, { cacheDir: join(file, 'git') })).rejects.toMatchObject({
      code: 'bad_config',
      message: expect.stringMatching(/can't be kept in .*file\/git \(ENOTDIR\)\. Set GIT_CACHE/),
    });
  });

  it('tell of a git that is missing, and keep the URL’s password out of every message', () => {
    const place = { url: 'https://me:secret@host/x.git', ref: 'main' };
    expect(gitFault({ kind: 'missing' }, place).message).toMatch(/git is not installed.*Install it/);
    const odd = gitFault({ kind: 'failed', stderr: 'fatal: odd https://me:secret@host/x.git' }, place);
    const folder = '/srv/git/1';
    expect(gitFault({ kind: 'failed', stderr: 'fatal: odd' }, { ...place, folder }).message).toMatch(
      /: odd\. .* If this lasts, remove \/srv\/git\/1, which holds only what was fetched\.$/,
    );
    expect(odd.message).toBe(
      'git could not fetch https://host/x.git: odd https://host/x.git. The index stays as it was.',
    );
  });
});
