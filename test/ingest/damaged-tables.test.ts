import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runIngest } from '../../ingest/run-ingest.ts';
import { fingerprintOf } from '../../knowledge/fingerprint.ts';
import { openStoreReader } from '../../knowledge/store-reader.ts';
import { openStoreWriter } from '../../knowledge/store-writer.ts';
import { countTokens, expectedAt, filesAt, seenIn } from './crash-states.ts';
import { makeFakeEmbedder } from './fake-embedder.ts';
import { tempFolder, writeInto } from './temp-folder.ts';

const TABLES = ['checks', 'chunks', 'documents', 'runs', 'versions'] as const;

function ingest(docsDir: string, storeUri: string, full = false) {
  return runIngest({ docsDir, storeUri, embedder: makeFakeEmbedder(), countTokens, full });
}

/** Tables of the store by their names, without what tells generations of them apart. */
function tablesOf(store: string): string[] {
  return readdirSync(store).filter((name) => name.endsWith('.lance'));
}

/** Leaves the newest manifest of a table empty, as a power loss may. */
function damage(store: string, table: string): void {
  const folder = tablesOf(store).find((name) => name.startsWith(table)) ?? table;
  const versions = join(store, folder, '_versions');
  // Their names count down, so that the newest comes first.
  const [newest = ''] = readdirSync(versions)
    .filter((name) => name.endsWith('.manifest'))
    .sort();
  truncateSync(join(versions, newest));
}

async function damagedStore(table: string) {
  const [docs, store] = [tempFolder(filesAt(1)), join(tempFolder(), 'store')];
  await ingest(docs, store);
  damage(store, table);
  for (const [path, source] of Object.entries(filesAt(2))) writeInto(docs, path, source);
  return { docs, store };
}

async function lastRunOf(store: string) {
  const reader = openStoreReader({ uri: store, expected: fingerprintOf(makeFakeEmbedder()) });
  try {
    return await reader.lastRun();
  } finally {
    await reader.close();
  }
}

test('each table of a store is tried below', async () => {
  const store = join(tempFolder(), 'store');
  await ingest(tempFolder(filesAt(1)), store);
  expect(tablesOf(store).map((name) => name.replace(/(?:_.*)?\.lance$/, ''))).toEqual(TABLES);
});

test.each(TABLES)(
  'a newest manifest of zero bytes in %s heals or says what to run, and --full rebuilds',
  async (table) => {
    const { docs, store } = await damagedStore(table);
    const usual = await ingest(docs, store).catch((error: unknown) => error);
    if (table === 'runs' || table === 'checks') expect(usual).toMatchObject({ version: 2, warnings: [] });
    else {
      expect(usual).toMatchObject({
        code: 'store_damaged',
        message: expect.stringMatching(/can't be read: if this lasts, rebuild.*npm run ingest -- --full$/),
      });
    }
    const again = await damagedStore(table);
    const full = await ingest(again.docs, again.store, true);
    expect(full.warnings).toEqual([]);
    expect(await lastRunOf(again.store)).toMatchObject({ version: full.version, files: full.files });
    expect(await seenIn(again.store)).toMatchObject({ chunkCount: full.chunks });
    expect(await ingest(again.docs, again.store)).toMatchObject({ version: full.version, embedded: 0 });
  },
);

test('what is left of damaged tables goes once no reader can be on it', async () => {
  const { docs, store } = await damagedStore('chunks');
  await ingest(docs, store, true);
  const before = tablesOf(store).length;
  writeInto(docs, 'new.md', '# New\n\nSomething else.\n');
  await runIngest({
    ...{ docsDir: docs, storeUri: store, embedder: makeFakeEmbedder(), countTokens, full: false },
    openWriter: (options) => openStoreWriter({ ...options, now: () => Date.now() + 11 * 60_000 }),
  });
  expect(tablesOf(store)).toHaveLength(before - 2);
});

test('a run that can’t be recorded is committed all the same, and says so', async () => {
  const [docs, store] = [tempFolder(filesAt(1)), join(tempFolder(), 'store')];
  const summary = await runIngest({
    ...{ docsDir: docs, storeUri: store, embedder: makeFakeEmbedder(), countTokens, full: false },
    openWriter: async (options) => ({
      ...(await openStoreWriter(options)),
      recordRun: () => Promise.reject(new Error('no')),
    }),
  });
  expect(summary).toMatchObject({
    version: 1,
    warnings: [expect.stringMatching(/^The documents are in the index\. .* could not be kept/)],
  });
  expect(await seenIn(store)).toEqual(expectedAt(1));
});
