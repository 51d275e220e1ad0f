import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DocentError } from '../../../knowledge/errors.ts';
import { type App, makeApp } from '../../../server/app.ts';
import { makeLimits } from '../../../server/limits/limits.ts';
import { openApiDocument } from '../../../server/routes/openapi.ts';
import { fakeStore } from '../fake-store.ts';
import { documentedBy } from './documented.ts';
import { openWholeApp, type WholeApp } from './whole-app.ts';

const documented = documentedBy(openApiDocument());
let whole: WholeApp;
let hash: string;

beforeAll(async () => {
  whole = await openWholeApp();
  const document = await (await whole.deps.store.current()).document('psa.md');
  hash = document?.sections.at(-1)?.hash ?? '';
});
afterAll(() => whole.close());

type Sent = { readonly url?: string; readonly body?: unknown };
const question = (content: string) => ({ messages: [{ role: 'user', content }] });

const completion = (more: object) => ({
  ...question('What does an RMM agent do?'),
  model: 'docent',
  ...more,
});
const rpc = (method: string, params = {}) => ({ jsonrpc: '2.0', id: 1, method, params });

/** A request to each route, and the status that it gets. */
const cases: readonly (readonly [
  operation: string,
  what: string,
  sent: Sent | (() => Sent),
  status: number,
])[] = [
  ['POST /api/chat', 'a question that is answered', { body: question('What does an RMM agent do?') }, 200],
  ['POST /api/chat', 'a question that isn’t', { body: question('How do I request parental leave?') }, 200],
  ['POST /api/chat', 'small talk', { body: question('Hello!') }, 200],
  ['POST /api/chat', 'no question', { body: {} }, 400],
  ['POST /api/chat', 'an empty question', { body: question(' ') }, 400],
  ['POST /api/chat', 'a question without end', { body: question('why '.repeat(2_000)) }, 413],
  ['POST /api/chat', 'a conversation without end', { body: question('why '.repeat(100_000)) }, 413],
  ['GET /api/search', 'a question', { url: '/api/search?q=agents&k=3' }, 200],
  ['GET /api/search', 'no question', { url: '/api/search' }, 400],
  ['GET /api/search', 'a number of hits that is none', { url: '/api/search?q=agents&k=many' }, 400],
  ['GET /api/search', 'a question without end', { url: `/api/search?q=${'x'.repeat(5_000)}` }, 413],
  ['GET /api/docs', 'nothing', {}, 200],
  ['GET /api/docs/{path}', 'a document', { url: '/api/docs/guides/rmm%20tools.md' }, 200],
  ['GET /api/docs/{path}', 'no document', { url: '/api/docs/gone.md' }, 404],
  [
    'GET /api/sections',
    'a section as cited',
    () => ({ url: `/api/sections?path=psa.md&anchor=tickets&hash=${hash}` }),
    200,
  ],
  [
    'GET /api/sections',
    'a section that has moved',
    () => ({ url: `/api/sections?path=old.md&anchor=tickets&hash=${hash}` }),
    200,
  ],
  [
    'GET /api/sections',
    'a section that has changed',
    { url: '/api/sections?path=psa.md&anchor=tickets&hash=old' },
    200,
  ],
  [
    'GET /api/sections',
    'a section that is gone',
    { url: '/api/sections?path=psa.md&anchor=gone&hash=old' },
    200,
  ],
  ['GET /api/sections', 'no section', { url: '/api/sections' }, 400],
  ['POST /api/feedback', 'a good rating', { body: { question: 'What is a PSA?', rating: 'up' } }, 204],
  [
    'POST /api/feedback',
    'a bad rating',
    {
      body: {
        question: 'What is a PSA?',
        rating: 'down',
        why: 'Short.',
        sources: [{ path: 'psa.md', anchor: 'tickets' }],
      },
    },
    204,
  ],
  [
    'POST /api/feedback',
    'a rating that is none',
    { body: { question: 'What is a PSA?', rating: 'so so' } },
    400,
  ],
  [
    'POST /api/feedback',
    'a rating without end',
    { body: { question: 'x'.repeat(100_000), rating: 'up' } },
    413,
  ],
  ['GET /api/gaps', 'nothing', {}, 200],
  ['GET /api/gaps.csv', 'nothing', {}, 200],
  ['GET /api/info', 'nothing', {}, 200],
  ['GET /api/status', 'nothing', {}, 200],
  ['GET /metrics', 'nothing', {}, 200],
  ['GET /healthz', 'nothing', {}, 200],
  ['GET /readyz', 'nothing', {}, 200],
  ['POST /v1/chat/completions', 'a question', { body: completion({}) }, 200],
  [
    'POST /v1/chat/completions',
    'a question to stream',
    { body: completion({ stream: true, stream_options: { include_usage: true } }) },
    200,
  ],
  [
    'POST /v1/chat/completions',
    'a question that isn’t answered',
    { body: { ...question('How do I request parental leave?'), model: 'docent' } },
    200,
  ],
  ['POST /v1/chat/completions', 'an unknown model', { body: completion({ model: 'gpt' }) }, 404],
  ['POST /v1/chat/completions', 'a parameter that isn’t supported', { body: completion({ n: 2 }) }, 400],
  ['POST /v1/chat/completions', 'no messages', { body: { model: 'docent' } }, 400],
  [
    'POST /v1/chat/completions',
    'a question without end',
    { body: { ...question('why '.repeat(2_000)), model: 'docent' } },
    413,
  ],
  [
    'POST /v1/embeddings',
    'texts',
    { body: { model: 'docent-embedding', input: ['a text', 'passage: another'] } },
    200,
  ],
  [
    'POST /v1/embeddings',
    'a text, as base64',
    { body: { model: 'docent-embedding', input: 'a text', encoding_format: 'base64' } },
    200,
  ],
  ['POST /v1/embeddings', 'tokens', { body: { model: 'docent-embedding', input: [1, 2] } }, 400],
  ['POST /v1/embeddings', 'an unknown model', { body: { model: 'ada', input: 'a text' } }, 404],
  [
    'POST /v1/embeddings',
    'texts without end',
    { body: { model: 'docent-embedding', input: 'x'.repeat(1_100_000) } },
    413,
  ],
  ['GET /v1/models', 'nothing', {}, 200],
  ['GET /v1/models/{id}', 'a model', { url: '/v1/models/docent' }, 200],
  ['GET /v1/models/{id}', 'no model', { url: '/v1/models/gpt' }, 404],
  [
    'POST /mcp',
    'a tool to call',
    { body: rpc('tools/call', { name: 'search_docs', arguments: { query: 'agents' } }) },
    200,
  ],
  ['POST /mcp', 'a list to make', { body: rpc('tools/list') }, 200],
  [
    'POST /mcp',
    'a tool that isn’t there',
    { body: rpc('tools/call', { name: 'no_tool', arguments: {} }) },
    200,
  ],
  ['POST /mcp', 'a notification', { body: { jsonrpc: '2.0', method: 'notifications/initialized' } }, 202],
  ['POST /mcp', 'no message', { body: { a: 1 } }, 400],
];

function operationOf(name: string) {
  const [method = '', path = ''] = name.split(' ');
  return documented.operation(method, path);
}

async function send(app: App, name: string, sent: Sent | (() => Sent), headers: Record<string, string> = {}) {
  const { method, path } = operationOf(name);
  const { url = path, body } = typeof sent === 'function' ? sent() : sent;
  return app.request(url, {
    method,
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      host: 'localhost',
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

describe('what the OpenAPI document says of a response is so', () => {
  test.each(cases)('%s with %s', async (name, _what, sent, status) => {
    const response = await send(whole.app, name, sent);
    expect(response.status).toBe(status);
    expect(await documented.objections(operationOf(name), response)).toEqual([]);
  });

  test('of each route that answers', () => {
    const answered = new Set(cases.filter(([, , , status]) => status < 300).map(([name]) => name));
    expect(new Set(documented.operations.map(({ method, path }) => `${method} ${path}`))).toEqual(answered);
  });

  const firsts = documented.operations.map(({ method, path }) => {
    const name = `${method} ${path}`;
    return [name, cases.find((each) => each[0] === name && each[3] < 300)?.[2] ?? {}] as const;
  });

  test.each(firsts)('%s without a token, where one is asked for', async (name, sent) => {
    const response = await send(makeApp({ ...whole.deps, access: {} }), name, sent);
    expect(response.status).toBe('security' in operationOf(name).told ? 200 : 401);
    expect(await documented.objections(operationOf(name), response)).toEqual([]);
  });

  test.each(firsts)('%s from another site’s page', async (name, sent) => {
    const response = await send(whole.app, name, sent, { 'sec-fetch-site': 'cross-site' });
    expect(await documented.objections(operationOf(name), response)).toEqual([]);
  });

  test.each(firsts)('%s once too often', async (name, sent) => {
    const limits = makeLimits({ requestsPerMinute: 1, answersEach: 9, answers: 9 });
    const app = makeApp({ ...whole.deps, limits });
    await (await send(app, name, sent)).text();
    const response = await send(app, name, sent);
    expect(response.status).toBe(/^GET \/(metrics|healthz|readyz)$/.test(name) ? 200 : 429);
    expect(await documented.objections(operationOf(name), response)).toEqual([]);
  });

  test.each(firsts)('%s where nothing else works', async (name, sent) => {
    const fault = new DocentError('store_missing', 'There is no index at .docent. Run: npm run ingest');
    const fails = () => Promise.reject(fault);
    const app = makeApp({
      ...whole.deps,
      store: fakeStore([], fault),
      search: fails,
      info: fails,
      // biome-ignore lint/correctness/useYield: fails before its first event
      answer: async function* () {
        throw fault;
      },
      gaps: { list: fails, rate: fails },
    });
    expect(await documented.objections(operationOf(name), await send(app, name, sent))).toEqual([]);
  });

  test.each(firsts)('%s where something unforeseen happens', async (name, sent) => {
    const fails = () => Promise.reject(new Error('password=hunter2'));
    const app = makeApp({
      ...whole.deps,
      store: { current: fails, lastRun: fails, close: fails },
      search: fails,
      info: fails,
    });
    expect(await documented.objections(operationOf(name), await send(app, name, sent))).toEqual([]);
  });

  test('of open questions where none are kept', async () => {
    const app = makeApp({ ...whole.deps, gaps: undefined });
    for (const name of ['GET /api/gaps', 'GET /api/gaps.csv', 'POST /api/feedback']) {
      const response = await send(app, name, {
        ...(name.startsWith('POST') && { body: { question: 'x', rating: 'up' } }),
      });
      expect(response.status).toBe(404);
      expect(await documented.objections(operationOf(name), response)).toEqual([]);
    }
  });

  test('and every route of the API is in it', () => {
    const routes = whole.app.routes
      .filter(
        ({ method, path }) => method !== 'ALL' && /^\/(api\/|v1\/|mcp|metrics|healthz|readyz)/.test(path),
      )
      .map(
        ({ method, path }) =>
          `${method} ${path.replace('/*', '/{path}').replace(/:(\w+)(\{[^}]*\})?/, '{$1}')}`,
      );
    const told = documented.operations.map(({ method, path }) => `${method} ${path}`);
    expect([...new Set(routes)].filter((route) => !told.includes(route))).toEqual([]);
  });
});
