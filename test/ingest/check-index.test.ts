import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkDocs, tallyFindings } from '../../ingest/check-docs.ts';
import { countAlike } from '../../ingest/checked-pages.ts';
import { runIngest } from '../../ingest/run-ingest.ts';
import { fingerprintOf } from '../../knowledge/fingerprint.ts';
import { openStoreReader } from '../../knowledge/store-reader.ts';
import { openStoreWriter, type StoreWriter } from '../../knowledge/store-writer.ts';
import { countTokens } from './crash-states.ts';
import { makeFakeEmbedder } from './fake-embedder.ts';
import { tempFolder, writeInto } from './temp-folder.ts';

const FILES = {
  'a.md': '# A\n\n[x](b.md#beta) and [y](c.html#gamma) and [z](pic.png)\n\n#### Deep\n\nText.\n',
  'b.md': '# B\n\n## Beta\n\n[gone](no.md) [gone](no.md)\n',
  'c.html': '<title>C</title><main><h1>C</h1><h2 id="gamma">Gamma</h2><p>Text.</p></main>',
  'pic.png': 'png',
};

function place(files: Readonly<Record<string, string | Uint8Array>>) {
  const [docsDir, storeUri] = [tempFolder(files), join(tempFolder(), 'store')];
  const embedder = makeFakeEmbedder();
  const ingest = (wrap: (writer: StoreWriter) => StoreWriter = (writer) => writer, full = false) =>
    runIngest({
      ...{ docsDir, storeUri, embedder, countTokens, full },
      openWriter: async (options) => wrap(await openStoreWriter(options)),
    });
  const lastRun = async () => {
    const reader = openStoreReader({ uri: storeUri, expected: fingerprintOf(embedder) });
    try {
      return await reader.lastRun();
    } finally {
      await reader.close();
    }
  };
  const byName = (a: { path: string; rule: string }, b: { path: string; rule: string }) =>
    `${a.path} ${a.rule}`.localeCompare(`${b.path} ${b.rule}`);
  /** What the run, the record that it leaves and `--check` find, which has to be the same. */
  const expectSame = async (run: ReturnType<typeof ingest>) => {
    const wanted = countAlike((await checkDocs(docsDir)).findings).sort(byName);
    const { findings, warnings } = await run;
    expect([...findings].sort(byName)).toEqual(wanted);
    expect([...((await lastRun())?.findings ?? [])].sort(byName)).toEqual(wanted);
    expect(warnings).toEqual([]);
    return tallyFindings(findings);
  };
  return { docsDir, ingest, expectSame, lastRun };
}

test('a run finds what the check finds, whichever files have changed', async () => {
  const { docsDir, ingest, expectSame } = place(FILES);
  expect(await expectSame(ingest())).toEqual({ errors: 2, warnings: 1 });
  expect(await expectSame(ingest())).toEqual({ errors: 2, warnings: 1 });

  // The link of a page that has not changed leads nowhere now.
  writeInto(docsDir, 'b.md', FILES['b.md'].replace('## Beta', '## Alpha'));
  expect(await expectSame(ingest())).toEqual({ errors: 3, warnings: 1 });
  rmSync(join(docsDir, 'c.html'));
  expect(await expectSame(ingest())).toEqual({ errors: 4, warnings: 1 });
  writeInto(docsDir, 'no.md', '# No\n\nThere after all.\n');
  writeInto(docsDir, 'c.html', FILES['c.html']);
  expect(await expectSame(ingest())).toEqual({ errors: 1, warnings: 1 });
  expect(await expectSame(ingest(undefined, true))).toEqual({ errors: 1, warnings: 1 });
});

test('files that can’t be taken in are found as well, and no more once they can', async () => {
  const { docsDir, ingest, expectSame } = place(FILES);
  await ingest();
  const good = readFileSync(join(docsDir, 'b.md'));
  writeFileSync(join(docsDir, 'b.md'), Uint8Array.of(0xff, 0xfe, 0x41));
  writeInto(docsDir, 'deep.md', `${'>'.repeat(4_000)} x`);
  writeInto(docsDir, 'hidden.md', '---\naudience: 7.5\n---\n\n# H\n\n[x](no.md)\n');
  await expectSame(ingest());
  await expectSame(ingest());
  writeFileSync(join(docsDir, 'b.md'), good);
  rmSync(join(docsDir, 'deep.md'));
  rmSync(join(docsDir, 'hidden.md'));
  expect(await expectSame(ingest())).toEqual({ errors: 2, warnings: 1 });
});

test('a run that changes nothing reads and writes nothing of the check', async () => {
  const { ingest, expectSame } = place(FILES);
  await ingest();
  const never = () => Promise.reject(new Error('not now'));
  expect(await expectSame(ingest((writer) => ({ ...writer, lastCheck: never, recordCheck: never })))).toEqual(
    { errors: 2, warnings: 1 },
  );
});

test('a run that ends between its commit and its record leaves nothing wrong for the next', async () => {
  const { docsDir, ingest, expectSame, lastRun } = place(FILES);
  await ingest();
  appendFileSync(join(docsDir, 'b.md'), '\n[more](gone.md)\n');
  const dying = await ingest((writer) => ({
    ...writer,
    recordCheck: () => Promise.reject(new Error('killed')),
  }));
  expect(dying.warnings).toHaveLength(1);
  expect(await lastRun()).toMatchObject({ version: 1 });
  expect(await expectSame(ingest())).toEqual({ errors: 3, warnings: 1 });
});
