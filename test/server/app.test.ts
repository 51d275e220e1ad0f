import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DocentError } from '../../knowledge/errors.ts';
import { type App, type AppDeps, makeApp } from '../../server/app.ts';
import type { ChatRequest } from '../../server/events.ts';
import { makeLog } from '../../server/log.ts';
import { documentOf, fakeStore } from './fake-store.ts';

const rmm = documentOf('guides/rmm tools.md', 'RMM', 'An RMM watches devices.');
const psa = documentOf('psa.md', 'PSA', 'A PSA bills time.');

let webDir: string;
let logged: string[];
let asked: ChatRequest[];
let app: App;

function appWith(deps: Partial<AppDeps> = {}): App {
  return makeApp({
    answer: async function* (request) {
      asked.push(request);
      yield { type: 'delta', text: 'An RMM ' };
      yield { type: 'done', mode: 'quoted', score: 1, version: 7, timings: {} };
    },
    search: (question, k) => Promise.resolve({ hits: [], version: question.length + k }),
    info: () =>
      Promise.resolve({
        name: 'Docent',
        mode: 'quoted',
        suggestions: [],
        documents: 2,
        version: 7,
        ingestedAt: '2025-01-02T03:04:05.000Z',
      }),
    store: fakeStore([rmm, psa]),
    webDir,
    log: makeLog(
      () => {},
      (line) => logged.push(line),
    ),
    ...deps,
  });
}

function ask(body: unknown, target = app): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return Promise.resolve(
    target.request('/api/chat', {
      method: 'POST',
      body: text,
      headers: { 'content-type': 'application/json' },
    }),
  );
}

const user = (content: string) => ({ messages: [{ role: 'user', content }] });

beforeAll(async () => {
  webDir = await mkdtemp(join(tmpdir(), 'docent-web-'));
  await mkdir(join(webDir, 'assets'));
  await writeFile(join(webDir, 'index.html'), '<!doctype html><title>Docent</title>');
  await writeFile(join(webDir, 'assets', 'main-abc123.js'), 'console.log(1)');
  await writeFile(join(webDir, 'widget.js'), 'console.log(2)');
  await writeFile(join(webDir, 'assets', 'widget-panel.js'), 'console.log(3)');
  await writeFile(join(webDir, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
});
afterAll(() => rm(webDir, { recursive: true }));
beforeEach(() => {
  logged = [];
  asked = [];
  app = appWith();
});

describe('POST /api/chat', () => {
  test('streams the answer as events', async () => {
    const response = await ask(user('What is an RMM?'));
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(await response.text()).toBe(
      'event: delta\ndata: {"text":"An RMM "}\n\n' +
        'event: done\ndata: {"mode":"quoted","score":1,"version":7,"timings":{}}\n\n',
    );
    expect(asked).toEqual([user('What is an RMM?')]);
  });

  test.each([
    ['no JSON', '{ "messages": ', 400, 'bad_request', 'JSON'],
    ['no messages', {}, 400, 'bad_request', 'messages'],
    ['an empty conversation', { messages: [] }, 400, 'bad_request', 'messages'],
    ['a foreign role', { messages: [{ role: 'system', content: 'x' }] }, 400, 'bad_request', 'messages'],
    ['content that is no text', { messages: [{ role: 'user', content: 1 }] }, 400, 'bad_request', 'messages'],
    [
      'a last word of the assistant',
      { messages: [{ role: 'assistant', content: 'x' }] },
      400,
      'bad_request',
      'last',
    ],
    ['an empty question', user(' \n '), 400, 'question_empty', 'question'],
    ['a 10,000-word question', user('word '.repeat(10_000)), 413, 'question_too_long', '4,000'],
    ['an endless conversation', user('word '.repeat(60_000)), 413, 'question_too_long', '256 kB'],
  ])('%s gets a helpful sentence', async (_name, body, status, code, names) => {
    const response = await ask(body);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ code, message: expect.stringContaining(names) });
    expect(asked).toEqual([]);
  });

  test('an endless body without a length is cut off too', async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent++;
        controller.enqueue(new Uint8Array(16 * 1024).fill(97));
      },
    });
    const response = await app.request('/api/chat', { method: 'POST', body, duplex: 'half' } as RequestInit);
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(30);
  });

  test('pages of other sites can’t ask, those of listed origins can, and may read what goes wrong', async () => {
    const from = (site: string, body: unknown) =>
      appWith({ allowedOrigins: ['https://intranet.example'] }).request('/api/chat', {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'sec-fetch-site': 'cross-site', origin: site },
      });
    const foreign = await from('https://evil.example', user('What is an RMM?'));
    expect(foreign.status).toBe(403);
    expect(asked).toEqual([]);
    const wrong = await from('https://intranet.example', user(''));
    expect(wrong.status).toBe(400);
    expect(wrong.headers.get('access-control-allow-origin')).toBe('https://intranet.example');
    const right = await from('https://intranet.example', user('What is an RMM?'));
    expect(right.status).toBe(200);
    expect(right.headers.get('access-control-allow-origin')).toBe('https://intranet.example');
    await right.text();
    expect(asked).toHaveLength(1);
  });

  test('a fault in the answer is its last event, without what is private', async () => {
    const failing = appWith({
      // biome-ignore lint/correctness/useYield: fails before its first event
      answer: async function* () {
        throw new Error('connect 10.0.0.7 password=hunter2');
      },
    });
    const text = await (await ask(user('What is an RMM?'), failing)).text();
    expect(text).toMatch(/^event: error\ndata: \{"code":"internal"/);
    expect(text).not.toContain('hunter2');
    expect(logged.join()).toContain('hunter2');
  });
});

describe('GET /api/search', () => {
  test('passes question and number on', async () => {
    expect(await (await app.request('/api/search?q=%20rmm%20&k=5')).json()).toEqual({ hits: [], version: 8 });
    expect(await (await app.request('/api/search?q=rmm')).json()).toEqual({ hits: [], version: 13 });
  });

  test.each([
    ['/api/search', 'question_empty'],
    ['/api/search?q=%20', 'question_empty'],
    ['/api/search?q=rmm&k=0', 'bad_request'],
    ['/api/search?q=rmm&k=many', 'bad_request'],
    ['/api/search?q=rmm&k=1000', 'bad_request'],
    [`/api/search?q=${'x'.repeat(4001)}`, 'question_too_long'],
  ])('%s is %s', async (path, code) => {
    expect(await (await app.request(path)).json()).toMatchObject({ code });
  });
});

describe('GET /api/docs', () => {
  test('lists all documents without their text', async () => {
    const list = await (await app.request('/api/docs')).json();
    expect(list).toMatchObject({
      version: 7,
      documents: [
        { path: 'guides/rmm tools.md', sections: [{ anchor: 'rmm', headings: ['RMM'] }] },
        { path: 'psa.md' },
      ],
    });
    expect(JSON.stringify(list)).not.toContain('watches');
  });

  test('gives one document with its Markdown', async () => {
    const page = await (await app.request('/api/docs/guides/rmm%20tools.md')).json();
    expect(page).toMatchObject({ path: 'guides/rmm tools.md', source: rmm.source, version: 7 });
  });

  test.each([
    '/api/docs/gone.md',
    '/api/docs/..%2f..%2fetc%2fpasswd',
    '/api/docs/%2e%2e/psa.md',
    '/api/docs/%E0%A4%A',
    '/api/docs/%00',
    '/api/docs/guides%5Crmm.md',
  ])('%s is not found', async (path) => {
    const response = await app.request(path);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'not_found' });
  });

  test('an index that can’t be read is told with its remedy', async () => {
    const fault = new DocentError('store_missing', 'There is no index at .docent. Run: npm run ingest');
    const response = await appWith({ store: fakeStore([], fault) }).request('/api/docs');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ code: 'store_missing', message: fault.message });
  });
});

describe('health', () => {
  const fault = new DocentError('store_mismatch', 'The index was made by another model. Run: npm run ingest');

  test('/healthz is well whatever the index is like', async () => {
    expect((await app.request('/healthz')).status).toBe(200);
    expect((await appWith({ store: fakeStore([], fault) }).request('/healthz')).status).toBe(200);
  });

  test('/readyz needs a readable index', async () => {
    expect((await app.request('/readyz')).status).toBe(200);
    const response = await appWith({ store: fakeStore([], fault) }).request('/readyz');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ code: 'store_mismatch', message: fault.message });
  });
});

describe('the web client', () => {
  test.each([
    ['/', 200],
    ['/docs', 200],
    ['/docs/', 200],
    ['/docs/psa.md', 200],
    ['/docs/guides/rmm%20tools.md?q=devices', 200],
    ['/docs/gone.md', 404],
    ['/docs/%E0%A4%A', 404],
  ])('%s gets the page with status %i', async (path, status) => {
    const response = await app.request(path);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(await response.text()).toContain('<title>Docent</title>');
  });

  test('hashed files stay cached for ever, others are asked for again', async () => {
    const script = await app.request('/assets/main-abc123.js');
    expect(script.headers.get('content-type')).toContain('javascript');
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect((await app.request('/favicon.svg')).headers.get('cache-control')).toBe('no-cache');
  });

  test('the widget’s code is loaded by pages of any origin, and asked for again when it may be old', async () => {
    for (const [path, cached] of [
      ['/widget.js', 'public, max-age=600'],
      ['/assets/widget-panel.js', 'no-cache'],
    ] as const) {
      const script = await app.request(path, { headers: { 'sec-fetch-site': 'cross-site' } });
      expect(script.status).toBe(200);
      expect(script.headers.get('access-control-allow-origin')).toBe('*');
      expect(script.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
      expect(script.headers.get('cache-control')).toBe(cached);
      const tag = script.headers.get('etag') ?? '';
      expect((await app.request(path, { headers: { 'if-none-match': tag } })).status).toBe(304);
    }
    const page = await app.request('/');
    expect(page.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(page.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('nothing outside its folder is served', async () => {
    for (const path of ['/..%2fpackage.json', '/assets/..%2f..%2fpackage.json', '/%2e%2e/package.json']) {
      expect((await app.request(path)).status).toBe(404);
    }
  });

  test('a client that isn’t built is told with the remedy', async () => {
    const response = await appWith({ webDir: join(webDir, 'gone') }).request('/');
    expect(await response.json()).toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('npm run build'),
    });
  });
});

describe('every answer', () => {
  test.each(['/', '/api/docs', '/api/gone', '/assets/main-abc123.js', '/healthz'])(
    '%s allows nothing but our own scripts and no frame',
    async (path) => {
      const { headers } = await app.request(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("style-src 'self';");
      expect(policy).toContain("img-src 'self' data:;");
      expect(policy).toContain("connect-src 'self';");
      expect(policy).toContain("object-src 'none';");
      expect(policy).toContain("base-uri 'none';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    },
  );

  test.each([
    ['GET', '/api/gone'],
    ['GET', '/gone.js'],
    ['DELETE', '/api/gone'],
  ])('%s %s is not found, as JSON', async (method, path) => {
    const response = await app.request(path, { method });
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ code: 'not_found', message: expect.stringContaining(path) });
  });

  test('an unforeseen fault tells its reader nothing, and its operator all', async () => {
    const failing = appWith({ info: () => Promise.reject(new Error('password=hunter2')) });
    const response = await failing.request('/api/info');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('hunter2');
    expect(logged.join()).toContain('hunter2');
  });
});
