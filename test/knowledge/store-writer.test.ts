import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shortHash } from '../../knowledge/fingerprint.ts';
import { openStoreReader } from '../../knowledge/store-reader.ts';
import { openStoreWriter } from '../../knowledge/store-writer.ts';
import { tempFolder } from '../ingest/temp-folder.ts';
import { chunkRow, commitRows, documentRow, fingerprint } from './store-rows.ts';

const later = (minutes: number) => () => Date.now() + minutes * 60_000;

function snapshotOf(uri: string) {
  return openStoreReader({ uri, expected: fingerprint, refreshMs: 0 }).current();
}

function versionsOf(uri: string, prefix: string): number {
  const table = readdirSync(uri).find((name) => name.startsWith(prefix));
  return readdirSync(join(uri, table ?? '', '_versions')).filter((name) => name.endsWith('.manifest')).length;
}

test('a commit without changes writes nothing', async () => {
  const uri = tempFolder();
  await commitRows(uri, [chunkRow('a.md', 0, 'One.')], [documentRow('a.md')]);
  const before = readdirSync(uri, { recursive: true }).sort();
  expect(await commitRows(uri, [], [], { now: later(60) })).toBe(1);
  expect(readdirSync(uri, { recursive: true }).sort()).toEqual(before);
});

test('two writers at once: the second is told who is writing', async () => {
  const uri = tempFolder();
  const writer = await openStoreWriter({ uri, fingerprint });
  await expect(openStoreWriter({ uri, fingerprint })).rejects.toMatchObject({ code: 'store_locked' });
  await writer.close();
  await (await openStoreWriter({ uri, fingerprint })).close();
});

test('old versions go once there are many, but not those that answers may still read', async () => {
  const uri = tempFolder();
  for (let n = 0; n < 45; n++) await commitRows(uri, [chunkRow('a.md', n, `Sentence ${n}.`, n)]);
  const many = versionsOf(uri, 'chunks_');
  expect(many).toBeGreaterThan(45);
  // Versions this close to the newest are left out of precaution.
  await new Promise((resolve) => setTimeout(resolve, 3_200));
  await commitRows(uri, [chunkRow('a.md', 50, 'Soon after.')]);
  expect(versionsOf(uri, 'chunks_')).toBeGreaterThan(many);
  const newest = await snapshotOf(uri);
  await commitRows(uri, [chunkRow('a.md', 51, 'Much later.')], [], { now: later(11) });
  expect(versionsOf(uri, 'chunks_')).toBeLessThan(10);
  expect(await newest.searchVector(Float32Array.of(1, 0), 100)).toHaveLength(46);
  expect((await snapshotOf(uri)).chunkCount).toBe(47);
});

test('tables of other settings stay for ten minutes after the switch', async () => {
  const uri = tempFolder();
  const other = { ...fingerprint, embedder: 'other' };
  await commitRows(uri, [chunkRow('a.md', 0, 'One.')]);
  const old = await snapshotOf(uri);
  await commitRows(uri, [chunkRow('a.md', 0, 'One.')], [], { fingerprint: other });
  await commitRows(uri, [chunkRow('a.md', 1, 'Two.')], [], { fingerprint: other });
  expect(await old.searchText('one', 5)).toHaveLength(1);
  expect(readdirSync(uri).filter((name) => name.startsWith('chunks_'))).toHaveLength(2);
  await commitRows(uri, [chunkRow('a.md', 2, 'Three.')], [], { fingerprint: other, now: later(11) });
  expect(readdirSync(uri).filter((name) => name.startsWith('chunks_'))).toHaveLength(1);
});

test('the index made anew twice: who still reads the first one can go on', async () => {
  const uri = tempFolder();
  await commitRows(uri, [chunkRow('a.md', 0, 'One.')]);
  const old = await snapshotOf(uri);
  for (const text of ['Two.', 'Three.'])
    await commitRows(uri, [chunkRow('a.md', 0, text)], [], { full: true });
  expect((await old.searchText('one', 5)).map(({ chunk }) => chunk.text)).toEqual(['One.']);
  await commitRows(uri, [chunkRow('a.md', 1, 'Four.')], [], { now: later(11) });
  expect(readdirSync(uri).filter((name) => name.startsWith('chunks_'))).toHaveLength(1);
});

test('a first run that died is taken up, not begun again', async () => {
  const uri = tempFolder();
  const dying = await openStoreWriter({ uri, fingerprint });
  expect(dying.whole).toBe(true);
  await dying.addChunks([chunkRow('a.md', 0, 'Hello.')]);
  await dying.close();
  const next = await openStoreWriter({ uri, fingerprint });
  expect(next.whole).toBe(false);
  expect((await next.chunkKeys()).map(({ id }) => id)).toEqual(['a.md/0']);
  expect((await next.vectorsOf(['a.md/0', 'none'])).get('a.md/0')?.sentenceVectors).toHaveLength(2);
  expect(await next.commit({})).toMatchObject({ version: 1, counts: { chunks: 1 } });
  await next.close();
  expect((await snapshotOf(uri)).chunksWith('hello')).toBe(1);
});

test.each(['data', '_deletions', '_indices'])(
  'tables whose removal was cut short in %s are not gone on with',
  async (part) => {
    const uri = tempFolder();
    const other = { ...fingerprint, embedder: 'other' };
    const rows = [0, 1].map((n) => chunkRow('a.md', n, `Sentence ${n}.`, n));
    await commitRows(uri, rows, [documentRow('a.md')]);
    await commitRows(uri, [], [], { without: ['a.md/1'] });
    await commitRows(uri, rows, [], { fingerprint: other });
    const table = readdirSync(uri).find((name) => name.startsWith(`chunks_${shortHash(fingerprint)}`));
    rmSync(join(uri, table ?? '', part), { recursive: true });
    await commitRows(uri, [chunkRow('b.md', 0, 'Afresh.', 9)]);
    const snapshot = await snapshotOf(uri);
    expect((await snapshot.searchText('afresh', 5)).map(({ chunk }) => chunk.id)).toEqual(['b.md/0']);
    expect(await snapshot.searchVector(Float32Array.of(1, 0), 5)).toHaveLength(part === '_indices' ? 2 : 1);
  },
);

test.each(['versions.lance/data', 'versions.lance/_versions'])(
  'a first run that was killed while it made its list of versions (%s) is taken up',
  async (left) => {
    const uri = tempFolder();
    const dying = await openStoreWriter({ uri, fingerprint });
    await dying.addChunks([chunkRow('a.md', 0, 'Hello.')]);
    await dying.close();
    mkdirSync(join(uri, left), { recursive: true });
    await expect(snapshotOf(uri)).rejects.toMatchObject({ code: 'store_missing' });
    expect(await commitRows(uri, [chunkRow('a.md', 1, 'There.')])).toBe(1);
    expect((await snapshotOf(uri)).chunkCount).toBe(2);
  },
);

test('ids with quotes and by the thousand are deleted', async () => {
  const uri = tempFolder();
  const rows = Array.from({ length: 1200 }, (_, n) => chunkRow("it's.md", n, 'Many rows.'));
  await commitRows(uri, rows);
  await commitRows(uri, [], [], { without: rows.slice(1).map(({ id }) => id) });
  const snapshot = await snapshotOf(uri);
  expect([snapshot.chunkCount, snapshot.chunksWith('mani')]).toEqual([1, 1]);
});

test.skipIf(process.getuid?.() === 0)('a folder without permission is named', async () => {
  const uri = tempFolder();
  chmodSync(uri, 0o500);
  await expect(openStoreWriter({ uri, fingerprint })).rejects.toMatchObject({
    code: 'store_unwritable',
    message: expect.stringContaining(uri),
  });
});

test('a file where the folder should be is named', async () => {
  const uri = join(tempFolder({ file: '' }), 'file');
  await expect(openStoreWriter({ uri, fingerprint })).rejects.toMatchObject({
    code: 'store_unwritable',
    message: expect.stringContaining(uri),
  });
});
