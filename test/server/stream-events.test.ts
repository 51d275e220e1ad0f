import { get, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { DocentError } from '../../knowledge/errors.ts';
import type { ChatEvent } from '../../server/events.ts';
import { type StreamOptions, streamEvents } from '../../server/stream-events.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** Serves one stream on loopback; its address. */
async function listen(options: Omit<StreamOptions<ChatEvent>, 'signal'>): Promise<string> {
  const app = new Hono().get('/', (context) => streamEvents({ ...options, signal: context.req.raw.signal }));
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (address: AddressInfo) =>
      resolve(`http://127.0.0.1:${address.port}/`),
    );
    closers.push(() => server.close());
  });
}

function open(url: string): Promise<IncomingMessage> {
  return new Promise((resolve) => get(url, { agent: false }, resolve));
}

function nextPart(stream: IncomingMessage): Promise<string> {
  return new Promise((resolve) => stream.once('data', (data: Buffer) => resolve(data.toString('utf8'))));
}

const quiet = () => {};

describe('streamEvents', () => {
  test('each event leaves at once, before the next is made', async () => {
    const gates: (() => void)[] = [];
    const url = await listen({
      onError: quiet,
      events: async function* () {
        for (const text of ['An', ' RMM']) {
          yield { type: 'delta', text };
          await new Promise<void>((resolve) => gates.push(resolve));
        }
      },
    });
    const stream = await open(url);
    expect(await nextPart(stream)).toBe('event: delta\ndata: {"text":"An"}\n\n');
    gates.shift()?.();
    expect(await nextPart(stream)).toBe('event: delta\ndata: {"text":" RMM"}\n\n');
    gates.shift()?.();
  });

  test('line breaks in a text stay inside its data line', async () => {
    const url = await listen({
      onError: quiet,
      events: async function* () {
        yield { type: 'delta', text: 'a\n\nevent: error\r\u2028b' };
      },
    });
    const text = await (await fetch(url)).text();
    expect(text.split('\n')).toHaveLength(4);
    expect(JSON.parse(text.split('\n')[1]?.slice('data: '.length) ?? '')).toEqual({
      text: 'a\n\nevent: error\r\u2028b',
    });
  });

  test('a quiet stream shows that it is alive', async () => {
    let finish = quiet;
    const url = await listen({
      onError: quiet,
      heartbeat: 5,
      events: async function* () {
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        yield { type: 'delta', text: 'late' };
      },
    });
    const stream = await open(url);
    expect(await nextPart(stream)).toBe(': still here\n\n');
    finish();
    let rest = '';
    for await (const part of stream) rest += part;
    expect(rest).toContain('"late"');
  });

  test('no timer stays behind a reader who leaves a silent generator', async () => {
    vi.useFakeTimers();
    try {
      const events = async function* (): AsyncGenerator<ChatEvent> {
        await new Promise(() => {});
        yield { type: 'delta', text: 'never' };
      };
      const { body } = streamEvents({ events, signal: new AbortController().signal, onError: quiet });
      const reader = body?.getReader();
      void reader?.read();
      await vi.advanceTimersByTimeAsync(0);
      expect(vi.getTimerCount()).toBe(1);
      await reader?.cancel();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test('a reader who leaves aborts the signal and ends the generator', async () => {
    const ended: string[] = [];
    let over: () => void = quiet;
    const left = new Promise<void>((resolve) => {
      over = resolve;
    });
    const url = await listen({
      onError: (error) => ended.push(error.message),
      events: async function* (signal) {
        try {
          yield { type: 'delta', text: 'An' };
          await new Promise<void>((_, reject) => {
            signal.addEventListener('abort', () => reject(new Error('aborted')));
          });
        } finally {
          ended.push(signal.aborted ? 'signal aborted' : 'signal still open');
          over();
        }
      },
    });
    const stream = await open(url);
    await nextPart(stream);
    stream.destroy();
    await left;
    expect(ended).toEqual(['signal aborted']);
  });

  test('a slow reader is not read ahead for', async () => {
    let made = 0;
    let over: () => void = quiet;
    const left = new Promise<void>((resolve) => {
      over = resolve;
    });
    const url = await listen({
      onError: quiet,
      events: async function* () {
        try {
          for (; made < 5000; made++) yield { type: 'delta', text: 'x'.repeat(64 * 1024) };
        } finally {
          over();
        }
      },
    });
    const asking = request(url, { agent: false });
    asking.end();
    const stream = await new Promise<IncomingMessage>((resolve) => asking.on('response', resolve));
    await new Promise((resolve) => stream.once('readable', resolve));
    stream.pause();
    let before = -1;
    while (made !== before) {
      before = made;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(made).toBeLessThan(1000);
    stream.destroy();
    await left;
  });

  test.each<[string, unknown, string]>([
    [
      'a known fault',
      new DocentError('model_unreachable', 'The model at h can’t be reached.'),
      'model_unreachable',
    ],
    ['an unforeseen one', new Error('password=hunter2'), 'internal'],
  ])('%s after the first event is the last event, safe to show', async (_name, fault, code) => {
    const seen: DocentError[] = [];
    const url = await listen({
      onError: (error) => seen.push(error),
      events: async function* (): AsyncGenerator<ChatEvent> {
        yield { type: 'delta', text: 'An' };
        throw fault;
      },
    });
    const text = await (await fetch(url)).text();
    expect(text).toMatch(
      new RegExp(`\\n\\nevent: error\\ndata: \\{"code":"${code}","message":"[^"]+"\\}\\n\\n$`),
    );
    expect(text).not.toContain('hunter2');
    expect(seen[0]?.code).toBe(code);
  });
});
