import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DocentError } from '../../knowledge/errors.ts';
import type { StoreReader } from '../../knowledge/snapshot.ts';
import { updateIndex } from '../../server/update-index.ts';
import { silentLog } from './app-deps.ts';
import { fakeStore } from './fake-store.ts';
import { runCommand } from './run-command.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docent-update-'));
  for (const [name, text] of [
    ['one', '# RMM\n\nAn RMM watches the devices of a client from afar.\n'],
    ['other', '# SOC\n\nA SOC watches the security of a client at night.\n'],
  ] as const) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, `${name}.md`), text);
  }
});
afterAll(() => rm(folder, { recursive: true }));

describe('an index of docs from elsewhere', () => {
  test('stays as it is until somebody names other docs; both are told in one line', async () => {
    const store = join(folder, 'store');
    const made = await runCommand('ingest/main.ts', { args: [join(folder, 'one'), '--store', store] });
    expect(made.code).toBe(0);
    const ask = (...args: string[]) =>
      runCommand('server/ask-main.ts', { args: ['--store', store, ...args] });

    const kept = await ask('What is an RMM?');
    expect(kept.stdout).toMatch(/^\[1\] one\.md:3 {2}An RMM/m);
    expect(kept.stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/holds the docs of .*\/one, and stays as it is.*DOCS_DIR.*npm run ingest/),
    ]);

    const named = await ask('--docs', join(folder, 'other'), 'What is a SOC?');
    expect(named.stdout).toMatch(/^\[1\] other\.md:3 {2}A SOC/m);
    expect(named.stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/holds the docs of .*\/one\. .*take their place/),
    ]);

    const again = await ask('--docs', join(folder, 'other'), 'What is a SOC?');
    expect(again).toMatchObject({ code: 0, stderr: '' });
  });

  test('one that can’t be read is not made anew of other docs', async () => {
    const damaged = new DocentError('store_damaged', 'The index is damaged.');
    const store: StoreReader = {
      ...fakeStore([], damaged),
      lastRun: () =>
        Promise.resolve({
          ...{ endedAt: '2025-01-02T03:04:05.000Z', seconds: 1, version: 1, source: 'https://host/repo.git' },
          ...{ files: 1, sections: 1, chunks: 1, embedded: 1, unchanged: 0, deleted: 0 },
          ...{ failed: [], failedFiles: 0, findings: [] },
        }),
    };
    const warnings: string[] = [];
    const update = updateIndex({
      store,
      config: { DOCS_DIR: './docs', STORE_URI: folder, INGEST_ON_START: true, docsNamed: false },
      log: { ...silentLog, warn: (line) => warnings.push(line) },
      signal: new AbortController().signal,
      onOutput: () => undefined,
    });
    await expect(update).rejects.toBe(damaged);
    expect(warnings).toEqual([expect.stringContaining('https://host/repo.git')]);
  });
});
