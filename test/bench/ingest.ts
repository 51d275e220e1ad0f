import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFiles } from '../../ingest/find-files.ts';
import { type IngestSummary, runIngest } from '../../ingest/run-ingest.ts';
import { MODEL_DIR } from '../../knowledge/configured-embedder.ts';
import type { Embedder, Passage } from '../../knowledge/embedder.ts';
import { makeLocalEmbedder } from '../../knowledge/local-embedder.ts';
import { loadTokenizer } from '../../knowledge/tokenizer.ts';
import { shared } from '../shared.ts';
import { asIngested, oneSession, startBareModel } from './bare-model.ts';
import { type Figure, median, timed } from './figures.ts';
import { peakOf } from './peak-memory.ts';

const SAMPLES = 3;
const UNCHANGED_RUNS = 15;
const EDITS = 12;

/** Every so many files of the handbook are taken for the measurement of speed. */
const HANDBOOK_EVERY = 4;

const { countTokens } = loadTokenizer(MODEL_DIR);

/** Speed, no-change runs, edits and memory of the ingest, over docs/ and the GSA handbook. */
export async function benchIngest(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'docent-bench-'));
  try {
    const handbook = shared('corpora/gsa-tts-handbook');
    const docs = join(folder, 'docs');
    cpSync('docs', join(docs, 'docs'), { recursive: true });
    const all = join(folder, 'all');
    cpSync('docs', join(all, 'docs'), { recursive: true });
    if (handbook.there) {
      cpSync(handbook.path, join(all, 'handbook'), { recursive: true });
      await copySome(handbook.path, join(docs, 'handbook'), HANDBOOK_EVERY);
    } else console.log(`  docs/ alone${handbook.why}`);
    return [
      ...(await benchSpeed(docs, folder)),
      ...(await benchUnchanged(all, join(folder, 'unchanged'), 'docs/ and the handbook')),
      ...(await benchEdits(folder)),
      await benchMemory(docs, folder),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The ingest with the real model beside the bare model on the same text, by turns. */
export async function benchSpeed(docsDir: string, folder: string, samples = SAMPLES): Promise<Figure[]> {
  const embedder = await makeLocalEmbedder({ modelDir: MODEL_DIR, keepsMemory: true });
  const bare = await startBareModel(oneSession);
  const alike = await startBareModel(asIngested);
  const calls: (readonly Passage[])[] = [];
  const recording: Embedder = {
    ...embedder,
    embedPassages(passages, signal) {
      calls.push(passages);
      return embedder.embedPassages(passages, signal);
    },
  };
  await embedder.embedQuery('warm');
  for (const model of [bare, alike]) await model.run([[{ context: 'warm', sentences: ['warm'] }]]);
  const speeds = { ingest: [] as number[], bare: [] as number[], alike: [] as number[] };
  const shares = { bare: [] as number[], alike: [] as number[], processor: [] as number[] };
  let tokens = 0;
  for (let sample = 0; sample < samples; sample++) {
    calls.length = 0;
    const before = embedder.tokensEmbedded();
    const storeUri = join(folder, `speed-${sample}`);
    const cpu = process.cpuUsage();
    const [milliseconds] = await timed(() => ingestInto(storeUri, docsDir, recording));
    const cpuIngest = cpuOf(cpu);
    tokens = embedder.tokensEmbedded() - before;
    speeds.ingest.push((tokens / milliseconds) * 1000);
    const one = await bare.run(calls);
    speeds.bare.push((one.tokens / one.milliseconds) * 1000);
    shares.bare.push(one.milliseconds / milliseconds);
    const cpuAlike = process.cpuUsage();
    const same = await alike.run(calls);
    shares.processor.push(cpuOf(cpuAlike) / cpuIngest);
    speeds.alike.push((same.tokens / same.milliseconds) * 1000);
    shares.alike.push(same.milliseconds / milliseconds);
    rmSync(storeUri, { recursive: true });
  }
  for (const model of [bare, alike]) await model.close();
  await embedder.close();
  return [
    { name: 'tokens in the sample', value: tokens, unit: `tokens, ingested ${samples} times` },
    {
      name: 'ingest',
      value: median(speeds.ingest),
      unit: 'tokens/s',
      beside: [
        ['bare model', median(speeds.bare)],
        ['bare models as in the ingest', median(speeds.alike)],
      ],
    },
    {
      name: 'share of the bare model, by the clock',
      value: median(shares.bare),
      unit: '',
      goal: { least: 0.9 },
    },
    { name: 'share of bare models as in the ingest', value: median(shares.alike), unit: '' },
    { name: 'share of processor time that is the model', value: median(shares.processor), unit: '' },
  ];
}

/** A run with nothing changed beside reading and hashing the same files, by turns. */
export async function benchUnchanged(
  docsDir: string,
  storeUri: string,
  what: string,
  turns = UNCHANGED_RUNS,
): Promise<Figure[]> {
  const embedder = standIn();
  const first = await ingestInto(storeUri, docsDir, embedder);
  const [runs, hashing] = [[], []] as [number[], number[]];
  let embedded = 0;
  for (let turn = 0; turn < turns; turn++) {
    const [ours, summary] = await timed(() => ingestInto(storeUri, docsDir, embedder));
    const [bare] = await timed(() => hashAll(docsDir));
    embedded += summary.embedded;
    runs.push(ours);
    hashing.push(bare);
  }
  return [
    {
      name: `nothing changed in ${what}`,
      value: median(runs),
      unit: `ms for ${first.files} files, ${first.chunks} chunks, ${embedded} embedded`,
      beside: [['hashing the files', median(hashing)]],
    },
    { name: 'times of hashing', value: median(runs) / median(hashing), unit: '', goal: { most: 2 } },
  ];
}

/** How many chunks are embedded after one sentence of one file was edited, each file in turn. */
async function benchEdits(folder: string): Promise<Figure[]> {
  const [docs, storeUri] = [join(folder, 'edited'), join(folder, 'edits')];
  cpSync('docs', docs, { recursive: true });
  const embedder = standIn();
  await ingestInto(storeUri, docs, embedder);
  const embedded: number[] = [];
  const { files } = await findFiles(docs);
  for (const { absolutePath } of files.slice(0, EDITS)) {
    const source = readFileSync(absolutePath, 'utf8');
    const middle = source.indexOf('. ', source.length / 2);
    if (middle < 0) continue;
    writeFileSync(
      absolutePath,
      `${source.slice(0, middle)}, as was found in the year before${source.slice(middle)}`,
    );
    embedded.push((await ingestInto(storeUri, docs, embedder)).embedded);
  }
  return [
    {
      name: 'embedded for an edited sentence, most',
      value: Math.max(...embedded),
      unit: `chunks in ${embedded.length} edits`,
      goal: { most: 3 },
    },
    {
      name: 'embedded for an edited sentence, median',
      value: median(embedded),
      unit: 'chunks',
      goal: { least: 1 },
    },
  ];
}

/** Peak memory of `npm run ingest` on a folder, as a process of its own. */
export async function benchMemory(docsDir: string, folder: string): Promise<Figure> {
  const peak = await peakOf(['ingest/main.ts', docsDir, '--store', join(folder, 'memory')]);
  return { name: 'peak memory of the ingest', value: peak, unit: 'MB', goal: { most: 1500 } };
}

export function ingestInto(storeUri: string, docsDir: string, embedder: Embedder): Promise<IngestSummary> {
  return runIngest({ docsDir, storeUri, full: false, embedder, countTokens });
}

/** 384 dimensions drawn from the text's hash: for what isn't about the model. */
export function standIn(): Embedder {
  const vectorOf = (text: string) => {
    let state = createHash('sha256').update(text).digest().readUInt32LE(0) | 1;
    const vector = Float32Array.from({ length: 384 }, () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return state / 2_147_483_648;
    });
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  };
  return {
    id: 'stand-in',
    dimensions: 384,
    embedQuery: async (text) => vectorOf(text),
    embedPassages: async (passages) =>
      passages.map(({ context, sentences }) => ({
        vector: vectorOf([context, ...sentences].join('\n')),
        sentences: sentences.map(vectorOf),
      })),
    close: async () => undefined,
  };
}

async function hashAll(docsDir: string): Promise<string[]> {
  const hashes: string[] = [];
  for (const { absolutePath } of (await findFiles(docsDir)).files) {
    hashes.push(
      createHash('sha256')
        .update(await readFile(absolutePath))
        .digest('hex'),
    );
  }
  return hashes;
}

/** Every so many Markdown files of a folder. */
export async function copySome(from: string, to: string, every: number): Promise<number> {
  const { files } = await findFiles(from);
  const chosen = files.filter((_, index) => index % every === 0);
  for (const { path, absolutePath } of chosen) {
    cpSync(absolutePath, join(to, path), { recursive: true });
  }
  return chosen.length;
}

/** Milliseconds of processor time, of all threads, since `since`. */
function cpuOf(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}
