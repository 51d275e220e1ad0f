import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DocentError } from '../../../knowledge/errors.ts';
import { type AppDeps, makeApp } from '../../../server/app.ts';
import { makeLimits } from '../../../server/limits/limits.ts';
import { openApiDocument } from '../../../server/routes/openapi.ts';
import { fakeStore } from '../fake-store.ts';
import { casesWith, type Sent } from './cases.ts';
import { documentedBy, inside } from './documented.ts';
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

const cases = casesWith(() => hash);
/** Each operation with a request that is answered. */
const firsts = documented.operations.map(({ method, path }) => {
  const name = `${method} ${path}`;
  return [name, cases.find((each) => each[0] === name && each[3] < 300)?.[2] ?? {}] as const;
});

function operationOf(name: string) {
  const [method = '', path = ''] = name.split(' ');
  return documented.operation(method, path);
}

/** `POST /mcp 404` for each that has come. */
const seen = new Set<string>();

/** Sends it, and gives the status after the answer was held against the document. */
async function statusOf(name: string, given: Sent | (() => Sent), deps: Partial<AppDeps> = {}) {
  const operation = operationOf(name);
  const sent = typeof given === 'function' ? given() : given;
  const { url = operation.path, method = operation.method, body, headers } = sent;
  const response = await makeApp({ ...whole.deps, ...deps }).request(url, {
    method,
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      host: 'localhost',
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  seen.add(`${name} ${response.status}`);
  expect(await documented.objections(operation, response)).toEqual([]);
  return response.status;
}

/** The same request with more headers, or for another host. */
function altered(given: Sent | (() => Sent), headers: Record<string, string>, host = ''): () => Sent {
  return () => {
    const { url, ...sent } = typeof given === 'function' ? given() : given;
    const address = url === undefined ? {} : { url: host + url };
    return { ...sent, ...address, headers: { ...sent.headers, ...headers } };
  };
}

describe('what the OpenAPI document says of a response is so', () => {
  test.each(cases)('%s with %s', async (name, _what, sent, status) => {
    expect(await statusOf(name, sent)).toBe(status);
  });

  test('of each route that answers', () => {
    const answered = new Set(cases.filter(([, , , status]) => status < 300).map(([name]) => name));
    expect(new Set(documented.operations.map(({ method, path }) => `${method} ${path}`))).toEqual(answered);
  });

  test.each(firsts)('%s without a token, where one is asked for', async (name, sent) => {
    const isOpen = 'security' in operationOf(name).told;
    expect(await statusOf(name, sent, { access: {} })).toBe(isOpen ? 200 : 401);
  });

  test.each(firsts)('%s from another site’s page', async (name, sent) => {
    const origin = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    const isFetched = /\/(api|v1|mcp)/.test(name);
    expect(await statusOf(name, altered(sent, origin))).toBe(isFetched ? 403 : 200);
  });

  test.each(firsts)('%s by a name that isn’t Docent’s', async (name, sent) => {
    const { path } = operationOf(name);
    const host = { host: 'evil.example' };
    const named = () => ({ url: path, ...(typeof sent === 'function' ? sent() : sent) });
    expect(await statusOf(name, altered(named, host, 'http://evil.example'))).toBe(403);
  });

  test.each(firsts)('%s once too often', async (name, sent) => {
    const limits = makeLimits({ requestsPerMinute: 1, answersEach: 9, answers: 9 });
    await statusOf(name, sent, { limits });
    const isCounted = '429' in inside(operationOf(name).told, 'responses');
    expect(await statusOf(name, sent, { limits })).toBe(isCounted ? 429 : 200);
  });

  const fails = (fault: Error) => () => Promise.reject(fault);
  const failing = (fault: Error): Partial<AppDeps> => ({
    search: fails(fault),
    info: fails(fault),
    // biome-ignore lint/correctness/useYield: fails before its first event
    answer: async function* () {
      throw fault;
    },
    gaps: { list: fails(fault), rate: fails(fault) },
  });

  test.each(firsts)('%s without an index', async (name, sent) => {
    const fault = new DocentError('store_missing', 'There is no index at .docent. Run: npm run ingest');
    await statusOf(name, sent, { ...failing(fault), store: fakeStore([], fault) });
  });

  test.each(firsts)('%s where no text can be embedded', async (name, sent) => {
    const fault = new DocentError('embedding_failed', 'The embedding model can’t be reached.');
    const { embedder } = whole.deps;
    const broken = embedder && { ...embedder, embedQuery: fails(fault), embedPassages: fails(fault) };
    const { info } = whole.deps;
    await statusOf(name, sent, { ...failing(fault), info, embedder: broken });
  });

  test.each(firsts)(
    '%s where answers take too long, and the tokens of the day are spent',
    async (name, sent) => {
      const late = new DocentError('timed_out', 'The first words took more than 120 s.');
      const spent = new DocentError('model_spent', 'The tokens of the day are spent.');
      await statusOf(name, sent, {
        answer: failing(late).answer ?? whole.deps.answer,
        admitTexts: fails(spent),
      });
    },
  );

  test.each(firsts)('%s where something unforeseen happens', async (name, sent) => {
    const unforeseen = fails(new Error('password=hunter2'));
    const store = { current: unforeseen, lastRun: unforeseen, close: unforeseen };
    await statusOf(name, sent, { store, search: unforeseen, info: unforeseen });
    const isOpen = 'security' in operationOf(name).told;
    const tokens = { askerOf: unforeseen };
    const status = await statusOf(name, altered(sent, { authorization: 'Bearer x' }), { access: { tokens } });
    expect(status).toBe(isOpen ? 200 : 500);
  });

  test('of what this Docent doesn’t keep or tell', async () => {
    const without = { gaps: undefined, status: undefined, metrics: undefined };
    const rating = { body: { question: 'x', rating: 'up' } };
    expect(await statusOf('POST /api/feedback', rating, without)).toBe(404);
    for (const name of ['GET /api/gaps', 'GET /api/gaps.csv', 'GET /api/status', 'GET /metrics']) {
      expect(await statusOf(name, {}, without)).toBe(404);
    }
  });

  // After all of the above.
  test('and every status that is documented has come', () => {
    const told = documented.operations.flatMap(({ method, path, told }) =>
      Object.keys(inside(told, 'responses')).map((status) => `${method} ${path} ${status}`),
    );
    expect(told.filter((each) => !seen.has(each))).toEqual([]);
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
