import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maySee } from '../../knowledge/audience.ts';
import type { Snapshot } from '../../knowledge/snapshot.ts';
import { openStoreReader } from '../../knowledge/store-reader.ts';
import { tempFolder } from '../ingest/temp-folder.ts';
import { chunkRow, commitRows, documentRow, fingerprint } from './store-rows.ts';

const GROUPS = ['hr', 'sales', "the boss's"];

/** A word of its own in each document, so that what is seen can be told from every read. */
const docs = [
  { path: 'all.md', word: 'apple', audience: [] },
  { path: 'hr.md', word: 'banana', audience: ['hr'] },
  { path: 'both.md', word: 'cherry', audience: ['hr', 'sales'] },
  { path: 'boss.md', word: 'damson', audience: ["the boss's"] },
];

async function committed(): Promise<string> {
  const uri = tempFolder();
  const rows = docs.flatMap(({ path, word, audience }, index) => [
    chunkRow(path, 0, `Common words about the ${word}.`, index * 20, audience),
    chunkRow(path, 1, `More about the ${word}.`, index * 20 + 5, audience),
  ]);
  await commitRows(
    uri,
    rows,
    docs.map(({ path, word, audience }) => documentRow(path, `All of the ${word}`, audience)),
  );
  return uri;
}

/** The paths that come out of each read of a snapshot, and its counts. */
async function readsOf(snapshot: Snapshot) {
  const ofChunks = (chunks: readonly { readonly path: string }[]) => [
    ...new Set(chunks.map(({ path }) => path)),
  ];
  const sections = docs.flatMap(({ path }) => [
    { path, section: 0 },
    { path, section: 1 },
  ]);
  const opened: string[] = [];
  for (const { path } of docs) if (await snapshot.document(path)) opened.push(path);
  const byVector = await snapshot.searchVector(Float32Array.of(1, 0), 50);
  const byText = await snapshot.searchText('more common words', 50);
  return {
    byVector: ofChunks(byVector.map(({ chunk }) => chunk)).sort(),
    byText: ofChunks(byText.map(({ chunk }) => chunk)).sort(),
    chunksOf: ofChunks(await snapshot.chunksOf(sections)).sort(),
    document: opened.sort(),
    documents: (await snapshot.documents()).map(({ path }) => path),
    chunkCount: snapshot.chunkCount,
    common: snapshot.chunksWith('common'),
    words: docs.map(({ word }) => snapshot.chunksWith(word.replace(/y$/, 'i').replace(/e$/, ''))),
  };
}

function expectedFor(groups: readonly string[]) {
  const seen = docs.filter(({ audience }) => maySee(groups, audience));
  const paths = seen.map(({ path }) => path).sort();
  return {
    byVector: paths,
    byText: paths,
    chunksOf: paths,
    document: paths,
    documents: paths,
    chunkCount: 2 * seen.length,
    common: seen.length,
    words: docs.map((doc) => (seen.includes(doc) ? 2 : 0)),
  };
}

test('no read and no count shows what is for others, whatever the groups', async () => {
  const reader = openStoreReader({ uri: await committed(), expected: fingerprint });
  for (const groups of fc.sample(fc.subarray([...GROUPS, 'unknown', "' OR 1=1 --"]), 12))
    expect(await readsOf(await reader.current(groups))).toEqual(expectedFor(groups));
  await reader.close();
});

test('without groups, or with "all", everything is seen', async () => {
  const reader = openStoreReader({ uri: await committed(), expected: fingerprint });
  expect(await readsOf(await reader.current())).toEqual(expectedFor(GROUPS));
  expect(await reader.current('all')).toBe(await reader.current());
  expect(await readsOf(await reader.current(['all']))).toEqual(expectedFor([]));
  await reader.close();
});

test('a list has its full length of what may be seen, however near the hidden is', async () => {
  const uri = tempFolder();
  const hidden = Array.from({ length: 60 }, (_, n) => chunkRow('hr.md', n, 'Pay day.', 1, ['hr']));
  const shown = Array.from({ length: 5 }, (_, n) => chunkRow('all.md', n, 'Pay day and more days.', 80));
  await commitRows(uri, [...hidden, ...shown]);
  const reader = openStoreReader({ uri, expected: fingerprint });
  const snapshot = await reader.current([]);
  expect(await snapshot.searchVector(Float32Array.of(1, 0), 5)).toHaveLength(5);
  expect(await snapshot.searchText('pay day', 5)).toHaveLength(5);
  await reader.close();
});

test('the same groups get the same snapshot, in any order and case, until there is a newer version', async () => {
  const uri = await committed();
  const reader = openStoreReader({ uri, expected: fingerprint, refreshMs: 0 });
  const before = await reader.current(['hr', 'sales']);
  expect(await reader.current(['Sales', 'HR'])).toBe(before);
  await commitRows(uri, [chunkRow('new.md', 0, 'New.', 0, ['hr'])]);
  const after = await reader.current(['hr', 'sales']);
  expect([before.chunkCount, after.chunkCount, after.version]).toEqual([6, 7, 2]);
  await reader.close();
});
