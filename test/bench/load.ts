import { spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { percentile } from '../eval/metrics.ts';
import { shared } from '../shared.ts';
import { type Figure, median } from './figures.ts';
import { copySome } from './ingest.ts';
import { firstWords } from './load/first-words.ts';
import { type Held, holdBare, holdDocent } from './load/hold.ts';
import { eventually, MODEL_DELAY_MS, type Stage, setStage } from './load/stage.ts';

export type LoadOptions = {
  /** Streams held at once. */
  readonly streams: number;
  /** How long all of them are held and measured. */
  readonly seconds: number;
};

/**
 * A fast model's tokens in a second, for few streams. With many, all five processes have to stay within the machine: a
 * written question costs some 40 ms of processor time until its first words, on two cores that they share.
 */
const FEW = { streams: 50, perSecond: 20 };
const MANY = { perSecond: 3, arrivals: 10 };
const REST_MS = 60_000;
/** An ingest that takes longer is stopped: its lag has been seen by then. */
const INGEST_MS = 60_000;
/** Every so many files of the handbook are taken in while lag is measured. */
const HANDBOOK_EVERY = 8;

/**
 * Docent under load with a scripted model, beside Hono alone that streams the same bytes in the same run: first words
 * with few streams, many streams held, half of them leaving in the middle, memory, and lag beside an ingest.
 */
export async function* benchLoad({ streams, seconds }: LoadOptions): AsyncGenerator<Figure[]> {
  const stage = await setStage();
  const few = Math.min(FEW.streams, streams);
  try {
    yield await benchFew(stage, few, Math.max(5, seconds));
    yield await benchMany(stage, { streams, seconds });
    yield await benchIngest(stage, few);
  } finally {
    await stage.strike();
  }
}

async function benchFew(stage: Stage, streams: number, seconds: number): Promise<Figure[]> {
  const options = { streams, seconds, perSecond: FEW.perSecond };
  const docent = await firstWords(stage, stage.url, options);
  const delays = await stage.model.ask('firsts');
  const bare = await firstWords(stage, stage.bareUrl, options);
  const burst = await firstWords(stage, stage.url, { ...options, seconds: 0 });
  const own = median(delays);
  return [
    ...firstsOf(`first words with ${streams} streams`, docent, bare),
    {
      name: 'added to the first words by Docent p50',
      value: median(docent) - own,
      unit: 'ms',
      beside: [
        ['Hono alone', median(bare) - MODEL_DELAY_MS],
        ['the model’s own', own],
      ],
      goal: { most: 50 },
    },
    {
      name: `the same when all ${streams} ask in one moment p50`,
      value: median(burst) - own,
      unit: 'ms',
    },
  ];
}

async function benchMany(stage: Stage, { streams, seconds }: LoadOptions): Promise<Figure[]> {
  const options = { streams, seconds, ...MANY };
  const before = await stage.probe('memory');
  const { held, leaving } = await holdDocent(stage, options);
  const after = delay(REST_MS);
  const bare = await holdBare(stage, options);
  await after;
  const memory = await stage.probe('memory');
  const failed = held.counts.failed + bare.counts.failed;
  for (const fault of held.counts.faults) console.log(`  ${fault}`);
  if (failed > 0) process.exitCode = 1;
  return [
    { name: 'streams held at once', value: held.open, unit: '', beside: [['Hono alone', bare.open]] },
    {
      name: 'streams with an error',
      value: held.counts.failed,
      unit: `of ${held.counts.begun}`,
      beside: [['Hono alone', bare.counts.failed]],
      goal: { most: 0 },
    },
    ...firstsOf(`first words, ${streams} coming at ${MANY.arrivals}/s`, held.firsts, bare.firsts),
    {
      name: 'tokens passed on',
      value: held.deltas / seconds,
      unit: `a second of ${Math.round(held.tokens / seconds)} that the model wrote`,
      beside: [['Hono alone', bare.deltas / seconds]],
    },
    {
      name: 'processor time a token',
      value: held.cpu / held.tokens,
      unit: 'µs',
      beside: [['Hono alone', bare.cpu / bare.tokens]],
    },
    lagOf('event loop lag p99 while they are held', held.lag.p99, bare.lag.p99),
    {
      name: 'model calls open a second after half have left',
      value: leaving.openAfterSecond,
      unit: `(the last ended after ${Math.round(leaving.gone)} ms)`,
      goal: { most: 0 },
    },
    {
      name: 'resident memory a minute after',
      value: memory.rss,
      unit: 'MB',
      beside: [
        ['before', before.rss],
        ['at the top', memory.top],
      ],
    },
    { name: 'as a share of before', value: memory.rss / before.rss, unit: '', goal: { most: 1.2 } },
    { name: 'heap a minute after', value: memory.heap, unit: 'MB', beside: [['before', before.heap]] },
  ];
}

/** Both servers with few streams while the handbook is taken into the index that one of them reads. */
async function benchIngest(stage: Stage, streams: number): Promise<Figure[]> {
  const docs = join(stage.folder, 'docs');
  cpSync('docs', docs, { recursive: true });
  const handbook = shared('corpora/gsa-tts-handbook');
  if (handbook.there) await copySome(handbook.path, join(docs, 'handbook'), HANDBOOK_EVERY);
  let took = 0;
  const lagOver = async (url: string, storeUri: string, begin: () => Promise<void>): Promise<void> => {
    await stage.clients.ask('reset');
    await stage.clients.ask('begin', { url, streams, over: 5_000, questions: stage.questions, again: true });
    await begin();
    const began = performance.now();
    await ingest(docs, storeUri);
    took = performance.now() - began;
  };
  const rest = async (): Promise<void> => {
    await stage.clients.ask('rest');
    await eventually(async () => (await stage.clients.ask('counts')).open === 0, 60_000);
  };
  await lagOver(stage.bareUrl, join(stage.folder, 'other'), () => stage.bare.ask('beginLag'));
  const bare = (await stage.bare.ask('lag')).p99;
  await rest();
  await lagOver(stage.url, stage.storeUri, () => stage.probe('beginLag'));
  const docent = (await stage.probe('lag')).p99;
  await rest();
  const name = `event loop lag p99, ${streams} streams and an ingest of ${Math.round(took / 1000)} s`;
  return [{ ...lagOf(name, docent, bare), goal: { most: 50 } }];
}

async function ingest(docs: string, storeUri: string): Promise<void> {
  const args = ['--import', 'tsx', 'ingest/main.ts', docs, '--store', storeUri];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const stop = setTimeout(() => child.kill('SIGTERM'), INGEST_MS);
  await new Promise((resolve) => child.on('close', resolve));
  clearTimeout(stop);
}

function firstsOf(name: string, docent: readonly number[], bare: Held['firsts']): Figure[] {
  return [50, 99].map((percent) => ({
    name: `${name} p${percent}`,
    value: percentile(docent, percent / 100),
    unit: 'ms',
    beside: [['Hono alone', percentile(bare, percent / 100)]],
  }));
}

function lagOf(name: string, docent: number, bare: number): Figure {
  return { name, value: docent, unit: 'ms', beside: [['Hono alone', bare]] };
}
