import { Hono } from 'hono';
import { beforeEach, describe, expect, test } from 'vitest';
import { toErrorBody } from '../../server/error-status.ts';
import { admitOrigins } from '../../server/origins.ts';

const intranet = 'https://intranet.example';
const host = 'docs.example';
let reached: string[];
let app: Hono;

beforeEach(() => {
  reached = [];
  app = new Hono().use('/api/*', admitOrigins([intranet])).all('/api/*', (context) => {
    reached.push(`${context.req.method} ${context.req.path}`);
    return context.json({ fine: true });
  });
  app.onError((error, context) => {
    const { status, body } = toErrorBody(error);
    return context.json(body, status);
  });
});

function send(path: string, headers: Record<string, string>, method = 'POST'): Promise<Response> {
  return Promise.resolve(app.request(path, { method, headers: { host, ...headers } }));
}

describe('whose requests are taken', () => {
  test.each([
    ['no browser', {}],
    ['its own pages', { 'sec-fetch-site': 'same-origin', origin: `https://${host}` }],
    [
      'its own pages behind a proxy that renames the host',
      { 'sec-fetch-site': 'same-origin', host: 'inner' },
    ],
    ['an address typed in', { 'sec-fetch-site': 'none' }],
    ['its own pages over plain http', { origin: `http://${host}` }],
  ])('%s', async (_name, headers: Record<string, string>) => {
    const response = await send('/api/gaps', headers);
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('pages of a listed origin, which may read the answer and when to come again', async () => {
    for (const site of ['cross-site', 'same-site', undefined]) {
      const headers = { origin: intranet, ...(site && { 'sec-fetch-site': site }) };
      const response = await send('/api/chat', headers);
      expect(response.status).toBe(200);
      expect(response.headers.get('access-control-allow-origin')).toBe(intranet);
      expect(response.headers.get('access-control-expose-headers')).toBe('retry-after');
      expect(response.headers.get('access-control-allow-credentials')).toBeNull();
      expect(response.headers.get('vary')).toContain('Origin');
    }
    expect(reached).toEqual(['POST /api/chat', 'POST /api/chat', 'POST /api/chat']);
  });

  test('a link on another site that somebody follows', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect((await send('/api/docs', headers, 'GET')).status).toBe(200);
    expect((await send('/api/chat', headers, 'POST')).status).toBe(403);
  });
});

describe('whose are refused', () => {
  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['another port of the same machine', { 'sec-fetch-site': 'same-site', origin: 'http://docs.example:81' }],
    ['a page without an origin of its own', { 'sec-fetch-site': 'cross-site', origin: 'null' }],
    ['an image on another page', { 'sec-fetch-site': 'cross-site' }],
    ['another site over plain http', { origin: 'http://evil.example' }],
    ['a listed name over plain http', { origin: 'http://intranet.example' }],
    ['a name that begins like a listed one', { origin: `${intranet}.evil.example` }],
  ])('%s: told what would help, before anything is done', async (_name, headers: Record<string, string>) => {
    const response = await send('/api/chat', headers);
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({
      code: 'forbidden',
      message: expect.stringContaining('ALLOWED_ORIGINS'),
    });
    // The page that is refused can read and show why.
    expect(response.headers.get('access-control-allow-origin')).toBe(headers.origin ?? null);
    expect(reached).toEqual([]);
  });

  test('a listed origin at what is the owners’', async () => {
    expect((await send('/api/gaps', { origin: intranet }, 'GET')).status).toBe(403);
    expect((await send('/api/gaps.csv', { origin: intranet }, 'GET')).status).toBe(403);
  });
});

test('a browser that asks first is told what it may send', async () => {
  const response = await send(
    '/api/chat',
    {
      origin: intranet,
      'sec-fetch-site': 'cross-site',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
    'OPTIONS',
  );
  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-origin')).toBe(intranet);
  expect(response.headers.get('access-control-allow-headers')).toBe('authorization,content-type');
  expect(reached).toEqual([]);
});
