import { setTimeout as delay } from 'node:timers/promises';
import { eventually, type Stage } from './stage.ts';

const ANSWER_SECONDS = 10;

/**
 * Milliseconds to the first words of each answer asked while so many streams are held, each reader asking again when
 * an answer has ended. They come within the length of an answer, evenly, and are measured for `seconds` from then on;
 * with 0, all come in one moment and each asks once.
 */
export async function firstWords(
  { clients, questions, play }: Stage,
  url: string,
  { streams, seconds, perSecond }: { streams: number; seconds: number; perSecond: number },
): Promise<number[]> {
  const atOnce = seconds === 0;
  const over = atOnce ? 0 : ANSWER_SECONDS * 1000;
  await play(atOnce ? perSecond : ANSWER_SECONDS * perSecond, perSecond);
  await clients.ask('reset');
  await clients.ask('begin', { url, streams, over, questions, again: !atOnce });
  const held = atOnce ? 0 : await clients.ask('now');
  await delay(seconds * 1000);
  const last = atOnce ? Number.POSITIVE_INFINITY : await clients.ask('now');
  await clients.ask('rest');
  if (!atOnce) await clients.ask('leave', 2);
  await eventually(async () => (await clients.ask('counts')).open === 0, 60_000);
  const firsts = await clients.ask('firsts');
  return firsts.filter(({ at }) => at >= held && at <= last).map(({ ms }) => ms);
}
