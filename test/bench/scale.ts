import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dot } from '../../knowledge/dot.ts';
import type { Embedder } from '../../knowledge/embedder.ts';
import { search } from '../../knowledge/search.ts';
import { openStoreReader } from '../../knowledge/store-reader.ts';
import { openStoreWriter } from '../../knowledge/store-writer.ts';
import { shared } from '../shared.ts';
import { type Figure, spread, timed } from './figures.ts';
import { benchMemory, benchSpeed, benchUnchanged, copySome } from './ingest.ts';
import { peakOf } from './peak-memory.ts';
import { makeSynthetic } from './synthetic.ts';

const CHUNKS = 100_000;
const ROWS_AT_ONCE = 2_000;
const QUESTIONS = 200;
/** Asked before: caches of the store and of stems are filled as in a server at work. */
const WARM_UP = 100;
const EXACT = 50;
const K = 10;
const SAMPLE_EVERY = 30;

/** No part is begun later than this; a run takes about 6 minutes on two idle cores, with all files half an hour. */
const LATEST_START_MS = { sample: 12 * 60_000, whole: 40 * 60_000 };

/**
 * Synthetic chunks, then the PowerShell documentation, with the real model a sample of it unless `whole`; the
 * figures of each part when it is done.
 */
export async function* benchScale({ whole }: { whole: boolean }): AsyncGenerator<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'docent-scale-'));
  const began = performance.now();
  try {
    yield await benchSynthetic(folder);
    for (const part of powershellParts(folder, whole)) {
      if (performance.now() - began > LATEST_START_MS[whole ? 'whole' : 'sample'])
        return console.log('  the rest is left out: out of time');
      yield await part();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function powershellParts(folder: string, whole: boolean): (() => Promise<Figure[]>)[] {
  const archive = shared('corpora/powershell-docs.tar.xz');
  if (!archive.there) {
    console.log(`  PowerShell docs${archive.why}`);
    return [];
  }
  const all = join(folder, 'powershell');
  mkdirSync(all);
  const unpacked = spawnSync('tar', ['-xJf', archive.path, '-C', all]);
  if (unpacked.status !== 0) throw new Error(`tar: ${unpacked.stderr}`);
  const sample = join(folder, 'sample');
  const standIn = join(folder, 'stand-in');
  return [
    async () => {
      const value = await peakOf(['test/bench/ingest-stand-in.ts', all, standIn]);
      const name = 'peak memory, all files, stand-in for the model';
      return [{ name, value, unit: 'MB', goal: { most: 1500 } }];
    },
    () => benchUnchanged(all, standIn, 'PowerShell docs (stand-in for the model)', 5),
    async () => {
      if (whole) return benchSpeed(all, folder, 1);
      const value = await copySome(all, sample, SAMPLE_EVERY);
      const name = 'files in the sample with the real model';
      return [{ name, value, unit: `(every ${SAMPLE_EVERY}th)` }, ...(await benchSpeed(sample, folder))];
    },
    async () => {
      const [docs, what] = whole ? [all, 'all files'] : [sample, 'sample'];
      return [{ ...(await benchMemory(docs, folder)), name: `peak memory, ${what}, real model` }];
    },
  ];
}

/** Search over synthetic chunks beside exact search over the same vectors in memory. */
export async function benchSynthetic(folder: string): Promise<Figure[]> {
  const uri = join(folder, 'synthetic');
  const synthetic = makeSynthetic(CHUNKS);
  const vectors: Float32Array[] = [];
  const fingerprint = { embedder: 'synthetic', dimensions: 384, chunker: 'synthetic' };
  const [writing] = await timed(async () => {
    const writer = await openStoreWriter({ uri, fingerprint });
    for (let first = 0; first < CHUNKS; first += ROWS_AT_ONCE) {
      const rows = synthetic.rows(first, ROWS_AT_ONCE);
      vectors.push(...rows.map(({ vector }) => vector));
      await writer.addChunks(rows);
    }
    await writer.commit({});
    await writer.close();
  });
  const reader = openStoreReader({ uri, expected: fingerprint });
  const snapshot = await reader.current();
  const times = {
    hybrid: [] as number[],
    vector: [] as number[],
    text: [] as number[],
    exact: [] as number[],
  };
  let [found, wanted] = [0, 0];
  for (let n = -WARM_UP; n < QUESTIONS; n++) {
    const { text, vector } = synthetic.question();
    const embedder = alwaysGiving(vector);
    const [hybrid] = await timed(() => search(text, { snapshot, embedder }));
    const [byVector, hits] = await timed(() => snapshot.searchVector(vector, K));
    const [byText] = await timed(() => snapshot.searchText(text, K));
    if (n >= 0 && n < EXACT) {
      const [exact, ids] = await timed(async () => nearest(vectors, vector));
      times.exact.push(exact);
      wanted += ids.size;
      found += hits.filter(({ chunk }) => ids.has(chunk.id)).length;
    }
    if (n < 0) continue;
    times.hybrid.push(hybrid);
    times.vector.push(byVector);
    times.text.push(byText);
  }
  await reader.close();
  const beside = { 'vector alone': times.vector, 'BM25 alone': times.text, 'exact in memory': times.exact };
  return [
    {
      name: 'synthetic chunks written and indexed',
      value: writing / 1000,
      unit: `s for ${CHUNKS} chunks, making them included`,
    },
    ...spread(`hybrid search at ${CHUNKS} chunks`, 'ms', times.hybrid, { beside, most: 15 }),
    {
      name: `recall@${K} against exact search`,
      value: found / wanted,
      unit: `over ${EXACT} questions`,
      goal: { least: 0.98 },
    },
  ];
}

function nearest(vectors: readonly Float32Array[], question: Float32Array): Set<string> {
  const scored = vectors.map((vector, index) => ({ index, score: dot(vector, question) }));
  scored.sort((a, b) => b.score - a.score);
  return new Set(scored.slice(0, K).map(({ index }) => `id-${index}`));
}

function alwaysGiving(vector: Float32Array): Embedder {
  return {
    id: 'synthetic',
    dimensions: vector.length,
    embedQuery: async () => vector,
    embedPassages: async () => [],
    close: async () => undefined,
  };
}
