import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { Hono } from 'hono';
import { afterEach, describe, expect, test } from 'vitest';
import { makeApp } from '../../server/app.ts';
import { type ClientTimes, type Listener, listen } from '../../server/listen.ts';
import type { RequestEntry } from '../../server/log.ts';
import { streamEvents } from '../../server/stream-events.ts';
import { appDeps, silentLog } from './app-deps.ts';

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

  test('connections without an answer under way are cut at once when it closes', async () => {
    const listener = await listenOn(new Hono().get('/', (context) => context.text('here')));
    const { port } = new URL(listener.url);
    const silent = connect(Number(port), '127.0.0.1');
    const served = connect(Number(port), '127.0.0.1');
    served.write('GET / HTTP/1.1\r\nHost: docs\r\n\r\n');
    await Promise.all([once(silent, 'connect'), once(served, 'data')]);
    // The grace is longer than a test may take.
    await Promise.all([listener.close(600_000), once(silent, 'close'), once(served, 'close')]);
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

describe('clients that take their time', () => {
  const times = { headers: 100, request: 200, check: 20, stalled: 100, idle: 50 };

  async function connectTo(app: Hono, more: Partial<ClientTimes> = {}): Promise<Socket> {
    const listener = await listen(app, { port: 0, host: '127.0.0.1', times: { ...times, ...more } });
    open.push(listener);
    return connect(Number(new URL(listener.url).port), '127.0.0.1');
  }

  test.each([
    ['headers that never end', 'GET / HTTP/1.1\r\nHost: docs\r\n'],
    ['a body that never comes', 'POST / HTTP/1.1\r\nHost: docs\r\nContent-Length: 9\r\n\r\nab'],
  ])('%s end with 408', async (_, sent) => {
    const app = new Hono()
      .post('/', async (context) => context.text(await context.req.text()))
      .onError((_, context) => context.body(null, 400));
    const socket = await connectTo(app, { stalled: 60_000 });
    socket.write(sent);
    let got = '';
    for await (const piece of socket) got += String(piece);
    expect(got).toMatch(/^HTTP\/1\.1 408 /);
  });

  test.each([
    ['whose body takes too long', 408, () => {}],
    ['whose sender leaves in the middle', 400, (socket: Socket) => socket.destroy()],
  ])('a request %s is logged with %i', async (_, status, then) => {
    let log = (_: RequestEntry): void => {};
    const logged = new Promise<RequestEntry>((resolve) => {
      log = resolve;
    });
    const errors: unknown[] = [];
    const app = makeApp(
      appDeps({ log: { ...silentLog, request: log, error: (error) => errors.push(error) } }),
    );
    const listener = await listen(app, { port: 0, host: '127.0.0.1', times: { ...times, stalled: 60_000 } });
    open.push(listener);
    const socket = connect(Number(new URL(listener.url).port), '127.0.0.1').on('error', () => {});
    socket.write('POST /api/chat HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\nab', () =>
      then(socket),
    );
    expect(await logged).toMatchObject({ path: '/api/chat', status });
    expect(errors).toEqual([]);
    socket.destroy();
  });

  test('a reader that takes nothing is let go, and its answer ends', async () => {
    let ended = () => {};
    const end = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const app = new Hono().get('/', (context) =>
      streamEvents({
        signal: context.req.raw.signal,
        onError: () => {},
        events: async function* (signal) {
          signal.addEventListener('abort', ended);
          for (;;) yield { type: 'delta', text: 'x'.repeat(64 * 1024) };
        },
      }),
    );
    const socket = await connectTo(app);
    socket.pause();
    socket.on('error', () => {});
    socket.write('GET / HTTP/1.1\r\nHost: docs\r\n\r\n');
    await end;
    socket.destroy();
  });

  test('a connection that asks nothing more is closed', async () => {
    const socket = await connectTo(new Hono().get('/', (context) => context.text('here')));
    socket.write('GET / HTTP/1.1\r\nHost: docs\r\n\r\n');
    let got = '';
    for await (const piece of socket) got += String(piece);
    expect(got).toContain('here');
  });

  test('a reader who waits for us is kept', async () => {
    const { app, finish } = slowApp();
    const socket = await connectTo(app);
    socket.write('GET / HTTP/1.1\r\nHost: docs\r\nConnection: close\r\n\r\n');
    setTimeout(finish, 3 * times.stalled);
    let got = '';
    for await (const piece of socket) got += String(piece);
    expect(got).toContain('last');
  });
});
