import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runIngest } from '../../ingest/run-ingest.ts';
import { syncIndex } from '../../ingest/sync-index.ts';
import type { Embedder } from '../../knowledge/embedder.ts';
import { fingerprintOf } from '../../knowledge/fingerprint.ts';
import { openStoreReader } from '../../knowledge/store-reader.ts';
import { openStoreWriter } from '../../knowledge/store-writer.ts';
import { startCrashProcess } from './crash-process.ts';
import { countTokens, digestOf, expectedAt, filesAt, seenIn, seenOf } from './crash-states.ts';
import { makeFakeEmbedder } from './fake-embedder.ts';
import { contentOf, pendingOf } from './synced-store.ts';
import { tempFolder, writeInto } from './temp-folder.ts';

const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;
const usual = { model: 'fake', full: false, later: 0 } as const;

function ingest(docsDir: string, storeUri: string, embedder: Embedder = makeFakeEmbedder()) {
  return runIngest({ docsDir, storeUri, embedder, countTokens, full: false });
}

async function child(uid?: number) {
  const process = startCrashProcess(uid);
  onTestFinished(process.kill);
  await process.ready;
  return process;
}

test('of two ingests at once the second is told the process of the first, and nothing is lost', async () => {
  const [docs, store] = [tempFolder(filesAt(1)), join(tempFolder(), 'store')];
  const embedder = makeFakeEmbedder();
  let entered = () => {};
  let goOn = () => {};
  const inside = new Promise<void>((resolve) => {
    entered = resolve;
  });
  const gate = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const slow: Embedder = {
    ...embedder,
    async embedPassages(passages) {
      entered();
      await gate;
      return embedder.embedPassages(passages);
    },
  };
  const first = ingest(docs, store, slow);
  await inside;
  const other = await child();
  const refused = await other.do({ kind: 'ingest', docs: tempFolder(), store, state: 2, ...usual });
  expect(refused).toMatchObject({
    kind: 'failed',
    message: expect.stringMatching(
      new RegExp(`Another ingest \\(process ${process.pid}\\) is writing the index at ${store}`),
    ),
  });
  goOn();
  expect(await first).toMatchObject({ version: 1, failed: [] });
  expect(await seenIn(store)).toEqual(expectedAt(1));
});

test('50 readers see one whole version each time while ingests, --full ones too, go on beside them', async () => {
  const [docs, store] = [tempFolder(), join(tempFolder(), 'store')];
  const writer = await child();
  expect(await writer.do({ kind: 'ingest', docs, store, state: 1, ...usual })).toMatchObject({ version: 1 });
  const expected = new Map([1, 2, 3, 4, 5, 6].map((state) => [state, digestOf(expectedAt(state))]));
  const seen = new Map<number, number>();
  const mixed: number[] = [];
  let over = false;
  const readers = Array.from({ length: 50 }, async () => {
    const embedder = makeFakeEmbedder();
    const reader = openStoreReader({ uri: store, expected: fingerprintOf(embedder), refreshMs: 0 });
    const vector = await embedder.embedQuery('x');
    for (let last = false; !last; ) {
      last = over;
      const snapshot = await reader.current();
      const digest = digestOf(await seenOf(snapshot, vector));
      if (digest !== expected.get(snapshot.version)) mixed.push(snapshot.version);
      seen.set(snapshot.version, (seen.get(snapshot.version) ?? 0) + 1);
    }
    await reader.close();
  });
  for (const state of [2, 3, 4, 5, 6]) {
    const run = { ...usual, full: state % 2 === 0 };
    const done = await writer.do({ kind: 'ingest', docs, store, state, ...run });
    expect(done).toMatchObject({ kind: 'ingested', version: state });
  }
  over = true;
  await Promise.all(readers);
  expect(mixed).toEqual([]);
  expect(seen.get(6)).toBeGreaterThanOrEqual(50);
  expect(seen.size).toBeGreaterThan(1);
}, 120_000);

test.skipIf(!isRoot)(
  'a folder that may only be read is named (run as nobody), and can still be read',
  async () => {
    const [docs, above] = [tempFolder(), tempFolder()];
    const store = join(above, 'store');
    await (await child()).do({ kind: 'ingest', docs, store, state: 1, ...usual });
    chmodSync(above, 0o755);
    const nobody = await child(NOBODY);
    const ownDocs = tempFolder();
    chmodSync(ownDocs, 0o777);
    const order = { kind: 'ingest', docs: join(ownDocs, 'docs'), state: 2, ...usual } as const;
    for (const place of [store, join(above, 'new')]) {
      expect(await nobody.do({ ...order, store: place })).toMatchObject({
        kind: 'failed',
        message: expect.stringContaining(
          `The index at ${place} can't be written: no permission. Make the folder writable`,
        ),
      });
    }
    // LanceDB makes files that only their owner may read.
    expect(await nobody.do({ kind: 'look', store })).toEqual({ kind: 'seen', digest: 'store_damaged' });
    spawnSync('chmod', ['-R', 'a+rX', store]);
    const digest = digestOf(expectedAt(1));
    expect(await nobody.do({ kind: 'look', store })).toEqual({ kind: 'seen', digest });
  },
);

const tmpfs = isRoot && spawnSync('which', ['mount']).status === 0;

test.skipIf(!tmpfs)(
  'a full disk is named, the old version stays, and with room the next run completes',
  async (context) => {
    const store = tempFolder();
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'docent', store]).status !== 0)
      return context.skip('mounting a small file system is not allowed here');
    onTestFinished(() => void spawnSync('umount', ['-l', store]));
    const docs = tempFolder(filesAt(1));
    await ingest(docs, store);
    const filler = join(store, 'filler');
    fill(filler);
    const grown = Array.from({ length: 400 }, (_, n) => `## Part ${n}\n\nSentence ${n} is quite new.\n`).join(
      '\n',
    );
    for (const [path, source] of Object.entries({ ...filesAt(2), 'grown.md': grown }))
      writeInto(docs, path, source);
    await expect(ingest(docs, store)).rejects.toMatchObject({
      code: 'store_unwritable',
      message: expect.stringContaining('the disk is full. Free some space and run it again'),
    });
    expect(await seenIn(store)).toEqual(expectedAt(1));
    rmSync(filler);
    expect(await ingest(docs, store)).toMatchObject({ version: 2, failed: [] });
    const after = await seenIn(store);
    expect(typeof after === 'object' && Object.keys(after.content)).toContain('grown.md');
    return undefined;
  },
);

test('another chunker is refused by readers with the command, and written beside the old index', async () => {
  const [store, embedder] = [join(tempFolder(), 'store'), makeFakeEmbedder()];
  const old = fingerprintOf(embedder);
  const next = { ...old, chunker: 'sections-99/256' };
  const readerOf = (expected: typeof old) => openStoreReader({ uri: store, expected, refreshMs: 0 });
  await ingest(tempFolder(filesAt(1)), store, embedder);
  await expect(readerOf(next).current()).rejects.toMatchObject({
    code: 'store_mismatch',
    message: expect.stringMatching(/chunker "sections-.*" instead of "sections-99\/256".*npm run ingest/),
  });
  const inFlight = await readerOf(old).current();
  const writer = await openStoreWriter({ uri: store, fingerprint: next });
  const beside = {
    ...writer,
    async commit(summary: Readonly<Record<string, unknown>>) {
      // All is written but not committed: the old index still answers, from before and afresh.
      expect((await readerOf(old).current()).version).toBe(1);
      return writer.commit(summary);
    },
  };
  const again = makeFakeEmbedder();
  const summary = await syncIndex({ documents: pendingOf(filesAt(1)), writer: beside, embedder: again });
  await writer.close();
  expect(summary.embedded).toBe(again.embedded.length);
  expect(again.embedded.length).toBeGreaterThan(0);
  expect(await contentOf(await readerOf(next).current())).toEqual(expectedAt(1).content);
  expect(await contentOf(inFlight)).toEqual(expectedAt(1).content);
  await expect(readerOf(old).current()).rejects.toMatchObject({ code: 'store_mismatch' });
});

/** Writes until there is no room for one more kilobyte. */
function fill(file: string): void {
  const kilobyte = Buffer.alloc(1024);
  try {
    for (;;) writeFileSync(file, kilobyte, { flag: 'a' });
  } catch {
    expect(statSync(file).size).toBeGreaterThan(0);
  }
}
