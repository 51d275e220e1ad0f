import { readdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { termsOfChunk } from '../../knowledge/chunk-terms.ts';
import { openStoreReader } from '../../knowledge/store-reader.ts';
import { openStoreWriter } from '../../knowledge/store-writer.ts';
import { tempFolder } from '../ingest/temp-folder.ts';
import { chunkRow, commitRows, documentRow, fingerprint } from './store-rows.ts';

const rows = [
  chunkRow("it's.md", 0, 'Backups are kept for thirty days.', 10),
  chunkRow("it's.md", 1, 'Restores are tested on Mondays.', 40),
  chunkRow('b.md', 0, 'Tickets hold time entries.', 90),
];
const documents = [documentRow("it's.md"), documentRow('b.md')];

function readerOf(uri: string, refreshMs = 0) {
  return openStoreReader({ uri, expected: fingerprint, refreshMs });
}

test('a chunk comes back as it was written', async () => {
  const uri = tempFolder();
  await commitRows(uri, rows, documents);
  const snapshot = await readerOf(uri).current();
  const [hit] = await snapshot.searchVector(Float32Array.of(1, 0), 1);
  const { embedHash, ...chunk } = rows[0] ?? chunkRow('', 0, '');
  expect(embedHash).not.toBe('');
  expect(hit?.chunk).toEqual({ ...chunk, terms: termsOfChunk(chunk) });
  expect(hit?.score).toBeCloseTo(Math.cos(Math.PI / 18), 5);
});

test('vector search orders by cosine', async () => {
  const uri = tempFolder();
  await commitRows(uri, rows);
  const hits = await (await readerOf(uri).current()).searchVector(Float32Array.of(0, 1), 2);
  expect(hits.map(({ chunk }) => chunk.id)).toEqual(['b.md/0', "it's.md/1"]);
});

test('text search takes any question as words', async () => {
  const uri = tempFolder();
  await commitRows(uri, rows);
  const snapshot = await readerOf(uri).current();
  for (const question of [
    'backup',
    'When were BACKUPS kept?',
    '"backups" AND (thirty:) -x +y ^2 ~ * \\ \'',
  ]) {
    const [first] = await snapshot.searchText(question, 5);
    expect(first?.chunk.id).toBe("it's.md/0");
    expect(first?.score).toBeGreaterThan(0);
  }
  for (const question of ['what is the', '', '???', 'zebra'])
    expect(await snapshot.searchText(question, 5)).toEqual([]);
});

test('title and headings are found too', async () => {
  const uri = tempFolder();
  await commitRows(uri, rows);
  const hits = await (await readerOf(uri).current()).searchText('section tools', 5);
  expect(hits).toHaveLength(3);
});

test('sections come whole and in order, documents with their source', async () => {
  const uri = tempFolder();
  await commitRows(uri, rows, documents);
  const snapshot = await readerOf(uri).current();
  const chunks = await snapshot.chunksOf([
    { path: "it's.md", section: 1 },
    { path: 'b.md', section: 0 },
    { path: "it's.md", section: 0 },
    { path: 'none.md', section: 0 },
  ]);
  expect(chunks.map(({ id }) => id)).toEqual(['b.md/0', "it's.md/0", "it's.md/1"]);
  expect(await snapshot.chunksOf([])).toEqual([]);
  expect(await snapshot.document("it's.md")).toMatchObject({ source: "source of it's.md", hash: 'abc' });
  expect(await snapshot.document("' OR 1=1 --")).toBeUndefined();
  expect((await snapshot.documents()).map(({ path }) => path)).toEqual(['b.md', "it's.md"]);
});

test('document frequencies follow the rows', async () => {
  const uri = tempFolder();
  await commitRows(uri, rows);
  const reader = readerOf(uri);
  const before = await reader.current();
  expect([before.chunkCount, before.chunksWith('backup'), before.chunksWith('titl')]).toEqual([3, 1, 3]);
  await commitRows(uri, [chunkRow('c.md', 0, 'No backups here.')], [], { without: ['b.md/0'] });
  const after = await reader.current();
  expect([after.chunkCount, after.chunksWith('backup'), after.chunksWith('ticket')]).toEqual([3, 2, 0]);
});

test('a reader goes on to the new version, and an old snapshot stays as it was', async () => {
  const uri = tempFolder();
  await commitRows(uri, rows, documents);
  const reader = readerOf(uri);
  const old = await reader.current();
  expect(await reader.current()).toBe(old);
  await commitRows(uri, [chunkRow('c.md', 0, 'Brand new words.', 180)], [], {
    without: rows.map(({ id }) => id),
  });
  const [hit, ...others] = await old.searchVector(Float32Array.of(1, 0), 10);
  expect([hit?.chunk.id, others.length]).toEqual(["it's.md/0", 2]);
  expect(await old.searchText('brand new', 5)).toEqual([]);
  expect(await old.document('b.md')).toBeDefined();
  const next = await reader.current();
  expect([old.version, next.version]).toEqual([1, 2]);
  expect((await next.searchVector(Float32Array.of(1, 0), 10)).map(({ chunk }) => chunk.id)).toEqual([
    'c.md/0',
  ]);
});

test('within the refresh time the store is not asked again', async () => {
  const uri = tempFolder();
  await commitRows(uri, rows);
  const reader = readerOf(uri, 60_000);
  const first = await reader.current();
  await commitRows(uri, [], [], { without: ['b.md/0'] });
  expect(await reader.current()).toBe(first);
});

test('rows that were not committed are not seen', async () => {
  const uri = tempFolder();
  await commitRows(uri, rows);
  const writer = await openStoreWriter({ uri, fingerprint });
  await writer.addChunks([chunkRow('c.md', 0, 'Halfway words.')]);
  const snapshot = await readerOf(uri).current();
  expect(await snapshot.searchText('halfway', 5)).toEqual([]);
  expect(await snapshot.searchVector(Float32Array.of(1, 0), 10)).toHaveLength(3);
  await writer.close();
});

test('a store that was never written is missing, and asking does not make it', async () => {
  const uri = join(tempFolder(), 'store');
  await expect(readerOf(uri).current()).rejects.toMatchObject({
    code: 'store_missing',
    message: expect.stringMatching(new RegExp(`${uri}.*npm run ingest`)),
  });
  expect(() => readdirSync(uri)).toThrow();
  await expect(readerOf(tempFolder()).current()).rejects.toMatchObject({ code: 'store_missing' });
});

test('a store made with other settings is refused with what differs', async () => {
  const uri = tempFolder();
  await commitRows(uri, rows);
  const reader = openStoreReader({ uri, expected: { ...fingerprint, chunker: 'new' } });
  await expect(reader.current()).rejects.toMatchObject({
    code: 'store_mismatch',
    message: expect.stringMatching(/chunker "test" instead of "new".*npm run ingest/),
  });
});

test.each(['versions', 'chunks_', 'documents_'])(
  'an empty newest manifest of %s is damage, and full rebuilds',
  async (prefix) => {
    const uri = tempFolder();
    await commitRows(uri, rows, documents);
    const running = readerOf(uri);
    const snapshot = await running.current();
    damage(uri, prefix);
    await expect(readerOf(uri).current()).rejects.toMatchObject({
      code: 'store_damaged',
      message: expect.stringContaining('npm run ingest -- --full'),
    });
    expect((await running.current()).version).toBe(snapshot.version);
    await expect(commitRows(uri, rows)).rejects.toMatchObject({ code: 'store_damaged' });
    await commitRows(uri, [chunkRow('c.md', 0, 'Brand new words.')], [], { full: true });
    expect((await readerOf(uri).current()).chunkCount).toBe(1);
    expect((await running.current()).chunkCount).toBe(1);
  },
);

test('a running reader keeps its version while the folder is gone, and finds the store made anew', async () => {
  const uri = tempFolder();
  await commitRows(uri, rows);
  const reader = readerOf(uri);
  const snapshot = await reader.current();
  for (const name of readdirSync(uri)) rmSync(join(uri, name), { recursive: true });
  expect(await reader.current()).toBe(snapshot);
  await commitRows(uri, [chunkRow('c.md', 0, 'Brand new words.')]);
  expect((await reader.current()).chunkCount).toBe(1);
});

/** As a power loss may leave it: the newest manifest without content. */
function damage(uri: string, prefix: string) {
  const table = readdirSync(uri).find((name) => name.startsWith(prefix));
  const folder = join(uri, table ?? '', '_versions');
  const newest = readdirSync(folder)
    .filter((name) => name.endsWith('.manifest'))
    .sort()[0];
  truncateSync(join(folder, newest ?? ''));
}
