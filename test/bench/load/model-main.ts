/**
 * A language model on loopback with a fixed token rate, lean enough for thousands of streams: what OpenAI's API
 * streams, made beforehand. Asked by the bench through its parent process.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerAsks } from './asks.ts';

/** How it writes from now on. */
export type ModelPlay = {
  readonly tokens: readonly string[];
  readonly perSecond: number;
  /** Milliseconds before the first token. */
  readonly delay: number;
};

type Stream = { readonly response: ServerResponse; readonly asked: number; due: number; at: number };

const TICK_MS = 5;
/** Requests to check statements are answered at once, with nothing: they aren't what is measured. */
const CHECKING = 'You check statements';

let frames: readonly string[] = [];
let play: ModelPlay = { tokens: [], perSecond: 1, delay: 0 };
let sent = 0;
let open = 0;
let firsts: number[] = [];
const streams = new Set<Stream>();

const server = createServer((request, response) => {
  open++;
  response.on('close', () => open--);
  let body = '';
  request.setEncoding('utf8').on('data', (part: string) => {
    body += part;
  });
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (body.includes(CHECKING)) return end(response);
    const asked = performance.now();
    const stream = { response, asked, due: asked + play.delay, at: 0 };
    streams.add(stream);
    response.on('close', () => streams.delete(stream));
  });
});

setInterval(() => {
  const now = performance.now();
  const every = 1000 / play.perSecond;
  for (const stream of streams) {
    while (stream.due <= now) {
      const frame = frames[stream.at++];
      if (frame === undefined) {
        streams.delete(stream);
        end(stream.response);
        break;
      }
      if (stream.at === 1) firsts.push(now - stream.asked);
      stream.response.write(frame);
      sent++;
      stream.due += every;
    }
  }
}, TICK_MS).unref();

function frameOf(delta: object, reason: string | null = null): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: reason }];
  const chunk = {
    id: 'chatcmpl-load',
    object: 'chat.completion.chunk',
    created: 1_700_000_000,
    model: 'load',
    choices,
  };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

function end(response: ServerResponse): void {
  response.end(`${frameOf({}, 'stop')}data: [DONE]\n\n`);
}

const model = {
  /** Its address, up to `/v1`. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 4096, resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  },
  play(next: ModelPlay): void {
    play = next;
    frames = next.tokens.map((content) => frameOf({ content }));
  },
  /** Tokens written since the start, and requests whose connection is open. */
  counts: () => ({ sent, open }),
  /** Milliseconds from each request to its first token, since the last time. */
  firsts(): number[] {
    const seen = firsts;
    firsts = [];
    return seen;
  },
};

export type LoadModel = typeof model;

answerAsks(model);
