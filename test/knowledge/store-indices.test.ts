import { expect, test } from 'vitest';
import { maySee } from '../../knowledge/audience.ts';
import type { Snapshot } from '../../knowledge/snapshot.ts';
import { openStoreReader } from '../../knowledge/store-reader.ts';
import type { ChunkRow } from '../../knowledge/store-schema.ts';
import { tempFolder } from '../ingest/temp-folder.ts';
import { chunkRow, commitRows } from './store-rows.ts';

const dimensions = 16;
const fingerprint = { embedder: 'test', dimensions, chunker: 'test' };

/** Unit vectors spread by a fixed rule, in groups of three near copies; every seventh chunk is for some only. */
function rowsFrom(first: number, count: number): ChunkRow[] {
  return Array.from({ length: count }, (_, at) => {
    const n = first + at;
    const group = Math.floor(n / 3) + 1;
    const values = Array.from(
      { length: dimensions },
      (_, d) => Math.sin(group * (d + 1) * 1.7) + (n % 3) * 1e-4,
    );
    const length = Math.hypot(...values);
    const row = chunkRow('big.md', n, `Passage ${n}.`, 0, n % 7 === 0 ? ['hr'] : []);
    return { ...row, vector: Float32Array.from(values, (value) => value / length), sentenceVectors: [] };
  });
}

test('a large store is searched through an index that finds what exact search finds, also after changes', async () => {
  const uri = tempFolder();
  const rows = rowsFrom(0, 10_500);
  await commitRows(uri, rows, [], { fingerprint });
  const later = rowsFrom(10_500, 900);
  const gone = rows.slice(0, 300);
  await commitRows(uri, later, [], { fingerprint, without: gone.map(({ id }) => id) });
  const reader = openStoreReader({ uri, expected: fingerprint });
  for (const groups of [['hr'], []]) {
    const alive = [...rows.slice(300), ...later].filter(({ audience }) => maySee(groups, audience));
    await expectExact(await reader.current(groups), alive, [rows[4000], rows[100], later[500]]);
  }
  const [found] = await (await reader.current()).searchText('passage 11000', 1);
  expect(found?.chunk.text).toBe('Passage 11000.');
});

async function expectExact(
  snapshot: Snapshot,
  alive: readonly ChunkRow[],
  near: readonly (ChunkRow | undefined)[],
) {
  expect(snapshot.chunkCount).toBe(alive.length);
  for (const query of near.flatMap((row) => row?.vector ?? [])) {
    const cosine = ({ vector }: { vector: Float32Array }) =>
      vector.reduce((sum, value, d) => sum + value * (query[d] ?? 0), 0);
    const exact = alive.map(cosine).sort((a, b) => b - a);
    const hits = await snapshot.searchVector(query, 10);
    expect(hits).toHaveLength(10);
    for (const [rank, hit] of hits.entries()) {
      expect(hit.score).toBeCloseTo(cosine(hit.chunk), 4);
      expect(hit.score).toBeCloseTo(exact[rank] ?? 0, 3);
    }
  }
}
