import { get, type IncomingMessage } from 'node:http';
import { Hono } from 'hono';
import { afterEach, describe, expect, test } from 'vitest';
import { type Listener, listen } from '../../server/listen.ts';
import { streamEvents } from '../../server/stream-events.ts';

const open: Listener[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((listener) => listener.close(0)));
});

async function listenOn(app: Hono, port = 0, host = '127.0.0.1'): Promise<Listener> {
  const listener = await listen(app, { port, host });
  open.push(listener);
  return listener;
}

function request(url: string): Promise<IncomingMessage> {
  return new Promise((resolve) => get(url, { agent: false }, resolve));
}

/** An app whose one answer ends when `finish` is called. */
function slowApp(): { app: Hono; finish: () => void } {
  let finish = () => {};
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const app = new Hono().get('/', (context) =>
    streamEvents({
      signal: context.req.raw.signal,
      onError: () => {},
      events: async function* () {
        yield { type: 'delta', text: 'first' };
        await done;
        yield { type: 'delta', text: 'last' };
      },
    }),
  );
  return { app, finish };
}

describe('listen', () => {
  test('a port in use is named with another to take', async () => {
    const first = await listenOn(new Hono());
    const port = Number(new URL(first.url).port);
    await expect(listen(new Hono(), { port, host: '127.0.0.1' })).rejects.toMatchObject({
      code: 'port_in_use',
      message: expect.stringMatching(
        new RegExp(`Port ${port} on 127\\.0\\.0\\.1 is in use.*PORT=${port + 1} npm start`),
      ),
    });
  });

  test('an address of another machine is named', async () => {
    await expect(listen(new Hono(), { port: 0, host: '192.0.2.1' })).rejects.toMatchObject({
      code: 'bad_config',
      message: expect.stringContaining('192.0.2.1'),
    });
  });

  test('answers under way finish when it closes, new ones are refused', async () => {
    const { app, finish } = slowApp();
    const listener = await listenOn(app);
    const answer = await request(listener.url);
    const closing = listener.close(10_000);
    await expect(fetch(listener.url)).rejects.toThrow();
    finish();
    let text = '';
    for await (const part of answer) text += part;
    expect(text).toContain('last');
    await closing;
  });

  test('answers that take too long are cut', async () => {
    const { app, finish } = slowApp();
    const listener = await listenOn(app);
    const answer = await request(listener.url);
    answer.on('error', () => {});
    await listener.close(20);
    finish();
    expect(answer.complete).toBe(false);
  });
});
