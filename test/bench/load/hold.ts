import { setTimeout as delay } from 'node:timers/promises';
import type { ClientCounts } from './clients-main.ts';
import { eventually, MODEL_DELAY_MS, type Stage } from './stage.ts';

export type HoldOptions = {
  readonly streams: number;
  /** How long all of them are held. */
  readonly seconds: number;
  /** Tokens of each stream in a second. */
  readonly perSecond: number;
  /** How many readers come in a second. */
  readonly arrivals: number;
};

/** So much longer than they are measured, so that none has ended by itself when half of them leave, though the last came late. */
const SPARE_MS = 20_000;
const ENDING_MS = 180_000;

/** What was seen of one server that holds many streams. */
export type Held = {
  /** Most that were open when all had come. */
  readonly open: number;
  readonly firsts: readonly number[];
  /** Of the measured time: tokens sent to or by the server, deltas got by readers, processor time in µs. */
  readonly tokens: number;
  readonly deltas: number;
  readonly cpu: number;
  readonly lag: { readonly p50: number; readonly p99: number };
  readonly counts: ClientCounts;
};

/** What half of the readers left behind. */
export type Leaving = {
  /** Model requests too many a second later, and milliseconds until none was. */
  readonly openAfterSecond: number;
  readonly gone: number;
};

/** Docent holds the streams, half of them leave in the middle, the others come to their end. */
export async function holdDocent(
  stage: Stage,
  options: HoldOptions,
): Promise<{ held: Held; leaving: Leaving }> {
  const { model, clients, probe } = stage;
  const held = await hold(stage, options, {
    url: stage.url,
    cpu: () => probe('cpu'),
    sent: async () => (await model.ask('counts')).sent,
    beginLag: () => probe('beginLag'),
    lag: () => probe('lag'),
  });
  const left = performance.now();
  const stay = await clients.ask('leave', 2);
  const tooMany = async (): Promise<number> => Math.max(0, (await model.ask('counts')).open - stay);
  let gone = Number.NaN;
  const watching = eventually(async () => (await tooMany()) === 0, 10_000).then(() => {
    gone = performance.now() - left;
  });
  await delay(1_000);
  const openAfterSecond = await tooMany();
  await watching;
  await eventually(async () => (await clients.ask('counts')).open === 0, ENDING_MS);
  return { held: { ...held, counts: await clients.ask('counts') }, leaving: { openAfterSecond, gone } };
}

/** The bare server holds as many; then all leave. */
export async function holdBare(stage: Stage, options: HoldOptions): Promise<Held> {
  const { bare, clients } = stage;
  const held = await hold(stage, options, {
    url: stage.bareUrl,
    cpu: () => bare.ask('cpu'),
    sent: () => bare.ask('sent'),
    beginLag: () => bare.ask('beginLag'),
    lag: () => bare.ask('lag'),
  });
  await clients.ask('leave', 1);
  return held;
}

type Server = {
  readonly url: string;
  cpu(): Promise<number>;
  sent(): Promise<number>;
  beginLag(): Promise<void>;
  lag(): Promise<{ p50: number; p99: number }>;
};

async function hold(
  { clients, questions, play }: Stage,
  { streams, seconds, perSecond, arrivals }: HoldOptions,
  server: Server,
): Promise<Held> {
  const over = (streams / arrivals) * 1000;
  const whole = over + MODEL_DELAY_MS + seconds * 1000 + SPARE_MS;
  await play(Math.ceil((whole / 1000) * perSecond), perSecond);
  await clients.ask('reset');
  await clients.ask('begin', { url: server.url, streams, over, questions, again: false });
  await eventually(async () => (await clients.ask('firsts')).length >= streams, 60_000);
  await server.beginLag();
  const [cpu, sent, before] = [await server.cpu(), await server.sent(), await clients.ask('counts')];
  await delay(seconds * 1000);
  const [cpuAfter, sentAfter, after] = [await server.cpu(), await server.sent(), await clients.ask('counts')];
  return {
    open: after.open,
    firsts: (await clients.ask('firsts')).map(({ ms }) => ms),
    tokens: sentAfter - sent,
    deltas: after.deltas - before.deltas,
    cpu: cpuAfter - cpu,
    lag: await server.lag(),
    counts: after,
  };
}
