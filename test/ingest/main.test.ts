import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { lockStore } from '../../knowledge/store-lock.ts';
import { ingest, type Outcome, startIngest } from './spawn-ingest.ts';
import { tempFolder, writeInto } from './temp-folder.ts';

function jsonOf({ stdout }: Pick<Outcome, 'stdout'>): Record<string, unknown> {
  const last: unknown = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  if (typeof last !== 'object' || last === null) throw new Error('not an object');
  return { ...last };
}

describe('npm run ingest', () => {
  it('makes the index, embeds only what changed, and tells the numbers', async () => {
    const docs = tempFolder({ 'a.md': '# A\n\nAlpha.\n\n## B\n\nBeta. [x](no.md)', 'sub/c.md': 'Gamma.' });
    const store = join(tempFolder(), 'store');
    const first = await ingest([docs, '--store', store, '--json']);
    expect(first.code).toBe(0);
    expect(jsonOf(first)).toEqual({
      files: 2,
      sections: 3,
      chunks: 3,
      embedded: 3,
      shared: 0,
      unchanged: 0,
      deleted: 0,
      failed: [],
      findings: { errors: 1, warnings: 0 },
      seconds: expect.any(Number),
      version: 1,
    });
    expect(first.stderr).toContain('2 of 2 files read');
    expect(first.stderr).toContain('findings  1 error, 0 warnings: npm run ingest -- --check');

    writeInto(docs, 'a.md', '# A\n\nAlpha, changed.\n\n## B\n\nBeta. [x](no.md)');
    const second = await ingest([], { DOCS_DIR: docs, STORE_URI: store });
    expect(second.stdout).toMatch(/chunks {4}3: 1 embedded, 2 unchanged, 1 deleted/);

    const full = await ingest([docs, '--store', store, '--full', '--json']);
    expect(jsonOf(full)).toMatchObject({ chunks: 3, unchanged: 0 });
  });

  it('names files that cannot be read, takes in the rest, and fails', async () => {
    const docs = tempFolder({ 'bad.md': Buffer.from('Stra\xDFe', 'latin1'), 'good.md': '# Good\n\nText.' });
    const outcome = await ingest([docs, '--store', join(tempFolder(), 'store'), '--json']);
    expect(outcome.code).toBe(1);
    expect(jsonOf(outcome)).toMatchObject({
      files: 1,
      failed: [{ path: 'bad.md', message: 'is not UTF-8 (line 1): save it as UTF-8' }],
    });
    expect(outcome.stderr).toContain('bad.md is not UTF-8 (line 1): save it as UTF-8');
  });

  it('puts docs that nobody named in the place of no others', async () => {
    const docs = tempFolder({ 'a.md': '# A\n\nAlpha.' });
    const store = join(tempFolder(), 'store');
    await ingest([docs, '--store', store]);
    const bare = await ingest(['--store', store]);
    expect([bare.code, bare.stdout, bare.stderr]).toEqual([
      1,
      '',
      `The index holds the docs of ${docs}. Name the docs to take in: npm run ingest -- ${docs}, or, to put those of ./docs in their place, npm run ingest -- ./docs\n`,
    ]);
    const named = await ingest(['./docs', '--store', store, '--json']);
    expect(jsonOf(named)).toMatchObject({ deleted: 1, failed: [] });
    expect((await ingest(['--store', store, '--json'])).code).toBe(0);
  });

  it('says in one sentence what is wrong with folder, store, environment or options', async () => {
    const docs = tempFolder({ 'a.md': '# A\n\nText.' });
    const file = join(tempFolder(), 'file');
    writeFileSync(file, '');
    const outcomes = await Promise.all([
      ingest([join(docs, 'none')]),
      ingest([docs, '--store', join(file, 'store')]),
      ingest([docs], { STORE_URI: 'ftp://x', EMBEDDING_MODEL: 'ada' }),
    ]);
    expect(outcomes.map(({ code, stdout }) => [code, stdout])).toEqual([
      [1, ''],
      [1, ''],
      [1, ''],
    ]);
    const [folder, store, environment] = outcomes.map(({ stderr }) => stderr.trimEnd());
    expect(folder).toMatch(/^The docs folder .*none does not exist\. Create it .* DOCS_DIR\.$/);
    expect(store).toMatch(/^The index at .*store can't be written: .*--store\.$/);
    expect(environment).toMatch(/STORE_URI: expected .*EMBEDDING_MODEL: expected/);
    expect((await ingest(['--frobnicate'])).stderr).toContain("unknown option '--frobnicate'");
  });

  it('refuses options that go with nothing else here, instead of dropping them', async () => {
    const docs = tempFolder({ 'a.md': '# A\n\nText.' });
    const [check, clone] = await Promise.all([
      ingest([docs, '--check', '--watch', '--report']),
      ingest([docs, '--ref', 'main']),
    ]);
    expect(check).toMatchObject({ code: 1, stdout: '' });
    expect(check.stderr).toBe(
      "--check writes no index, so --watch and --report can't go with it. Run them apart.\n",
    );
    expect(clone.stderr).toContain(`is a folder. If it is a clone, name it so: ${pathToFileURL(docs).href}`);
  });

  it('takes the folder of a repository however it is written', async () => {
    const work = tempFolder({ 'docs/a.md': '# A\n\n[x](no.md)' });
    const who = ['-c', 'user.name=T', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false'];
    for (const args of [
      ['init', '-q', '-b', 'main'],
      ['add', '-A'],
      [...who, 'commit', '-qm', 'docs'],
    ])
      execFileSync('git', args, { cwd: work });
    const args = [pathToFileURL(work).href, '--ref', 'main', '--path', './docs/', '--check', '--json'];
    expect(jsonOf(await ingest(args, { GIT_CACHE: tempFolder() }))).toMatchObject({ files: 1 });
  });

  it.skipIf(process.getuid?.() === 0)('keeps what the index has of an unreadable folder', async () => {
    const docs = tempFolder({ 'a.md': '# A\n\nText.', 'sub/b.md': '# B\n\nMore text.' });
    const store = join(tempFolder(), 'store');
    await ingest([docs, '--store', store]);
    chmodSync(join(docs, 'sub'), 0o000);
    onTestFinished(() => chmodSync(join(docs, 'sub'), 0o755));
    const outcome = await ingest([docs, '--store', store, '--json']);
    expect(outcome.code).toBe(1);
    expect(jsonOf(outcome)).toMatchObject({ files: 2, deleted: 0, failed: [{ path: 'sub/' }] });
  });

  it('checks without writing', async () => {
    const docs = tempFolder({ 'a.md': '# A\n\n[x](no.md)\n\n### C\n\nText.' });
    const store = join(docs, 'store');
    const outcome = await ingest([docs, '--check', '--store', store]);
    expect(outcome.code).toBe(1);
    expect(outcome.stdout.split('\n')).toEqual([
      'a.md:3:1 broken-link no.md leads to no file',
      'a.md:5:1 skipped-level a level 3 heading follows one of level 1: make it level 2',
      '1 error, 1 warning in 1 file',
      '',
    ]);
    const json = jsonOf(await ingest([docs, '--check', '--json']));
    expect(json).toMatchObject({ files: 1, findings: [{ path: 'a.md', line: 3, column: 1 }, {}] });
    expect((await ingest([docs, '--check', '--store', store])).stdout).toBe(outcome.stdout);
  });

  it('ends in peace when whoever reads its output has enough of it', async () => {
    const links = Array.from({ length: 4_000 }, (_, n) => `[${n}](a-file-that-is-not-there-${n}.md)`);
    const run = startIngest([tempFolder({ 'a.md': `# A\n\n${links.join('\n')}` }), '--check']);
    run.child.stdout?.once('data', () => run.child.stdout?.destroy());
    const { code, stderr } = await run.ended;
    expect([code, stderr]).toEqual([1, '']);
  });

  it('watches until Ctrl-C, and ends with 130', async () => {
    const docs = tempFolder({ 'a.md': '# A\n\nText.' });
    const run = startIngest([docs, '--store', join(tempFolder(), 'store'), '--watch', '--json']);
    await vi.waitFor(() => expect(run.said.stderr).toContain('Watching'), { timeout: 40_000 });
    writeInto(docs, 'b.md', '# B\n\nMore.');
    await vi.waitFor(() => expect(jsonOf(run.said)).toMatchObject({ files: 2, version: 2 }), {
      timeout: 20_000,
    });
    run.child.kill('SIGINT');
    expect(await run.ended).toMatchObject({ code: 130 });
  });

  it('watching, takes in a save for which another ingest held the index, once that one has ended', async () => {
    const docs = tempFolder({ 'a.md': '# A\n\nText.' });
    const store = join(tempFolder(), 'store');
    const run = startIngest([docs, '--store', store, '--watch', '--json']);
    await vi.waitFor(() => expect(run.said.stderr).toContain('Watching'), { timeout: 40_000 });
    const lock = await lockStore(store);
    writeInto(docs, 'b.md', '# B\n\nMore.');
    await vi.waitFor(() => expect(run.said.stderr).toContain('It is tried again until it works.'), {
      timeout: 20_000,
    });
    expect(run.said.stderr).toContain(`Another ingest (process ${process.pid}) is writing the index`);
    await lock.release();
    await vi.waitFor(() => expect(jsonOf(run.said)).toMatchObject({ files: 2, version: 2 }), {
      timeout: 60_000,
    });
  });

  it('can be stopped in the middle of embedding, and the next run completes', async () => {
    const text = (n: number) =>
      Array.from({ length: 60 }, (_, k) => `Sentence ${k} of ${n} says a bit.`).join(' ');
    const sections = Array.from({ length: 120 }, (_, n) => `## Part ${n}\n\n${text(n)}`);
    const docs = tempFolder({ 'a.md': sections.join('\n\n'), 'b.md': '# B\n\nShort.' });
    const store = join(tempFolder(), 'store');
    const run = startIngest([docs, '--store', store]);
    await vi.waitFor(() => expect(run.said.stderr).toContain('files read'), { timeout: 40_000 });
    run.child.kill('SIGINT');
    const stopped = await run.ended;
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain('Stopped.');
    expect(stopped.stdout).toBe('');
    writeInto(docs, 'a.md', '# A\n\nShort as well.');
    expect(jsonOf(await ingest([docs, '--store', store, '--json']))).toMatchObject({ files: 2, failed: [] });
  });
});
