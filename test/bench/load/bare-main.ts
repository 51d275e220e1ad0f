/** The yardstick: Hono alone, which streams given frames at a fixed rate to whoever asks. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import { answerAsks } from './asks.ts';
import { probe } from './probe.ts';

/** What it streams from now on: `head` at once, after `delay` ms each of `frames` in its time, then `tail`. */
export type BarePlay = {
  readonly head: string;
  readonly frames: readonly string[];
  readonly tail: string;
  readonly perSecond: number;
  readonly delay: number;
};

let play: BarePlay = { head: '', frames: [], tail: '', perSecond: 1, delay: 0 };
let sent = 0;

const app = new Hono().post('/api/chat', async (context) => {
  await context.req.text();
  const { head, frames, tail, perSecond, delay } = play;
  context.header('content-type', 'text/event-stream; charset=utf-8');
  return stream(context, async (out) => {
    await out.write(head);
    let due = performance.now() + delay;
    for (const frame of frames) {
      await out.sleep(Math.max(0, due - performance.now()));
      if (out.aborted) return;
      await out.write(frame);
      sent++;
      due += 1000 / perSecond;
    }
    await out.write(tail);
  });
});

const bare = {
  ...probe,
  start: (): Promise<string> =>
    new Promise((resolve) => {
      serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
        resolve(`http://127.0.0.1:${port}`),
      );
    }),
  play(next: BarePlay): void {
    play = next;
  },
  /** Frames written since the start. */
  sent: () => sent,
};

export type BareServer = typeof bare;

answerAsks(bare);
