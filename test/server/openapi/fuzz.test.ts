import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApiDocument } from '../../../server/routes/openapi.ts';
import { altered } from './altered.ts';
import { type DocumentedOperation, documentedBy, inside, isAt, isJson } from './documented.ts';
import { fittingValue } from './fitting-value.ts';
import { hostileBody, hostileHeaders, hostileText } from './hostile.ts';
import { openWholeApp, type WholeApp } from './whole-app.ts';

/** Of each route: with 16 routes, 2,400 requests. */
const REQUESTS = 150;
const document = openApiDocument();
const documented = documentedBy(document);
const { schemas } = document.components;

type Sent = {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
};

/** Requests to a documented route: most of them nearly as documented, the others not at all. */
function requestsTo({ method, path, told }: DocumentedOperation): fc.Arbitrary<Sent> {
  const parameters: readonly unknown[] = Array.isArray(told.parameters) ? told.parameters : [];
  const content = inside(told, 'requestBody', 'content', 'application/json');
  const query = parameters.filter((each) => inside(each).in === 'query').map((each) => inside(each));
  const fitting = fc
    .oneof(fittingValue(inside(content, 'schema'), schemas), altered(content.example))
    .map((value) => JSON.stringify(value) ?? '');
  return fc.record({
    method: fc.oneof(
      { weight: 9, arbitrary: fc.constant(method) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY'),
      },
    ),
    url: fc
      .tuple(
        pathsOf(path),
        fc.tuple(...query.map(({ name, schema }) => queriesOf(String(name), inside(schema)))),
        fc.option(queriesOf('', {}), { nil: '', freq: 1 }),
      )
      .map(
        ([filled, pairs, other]) => `${filled}?${[...pairs, other].filter((pair) => pair !== '').join('&')}`,
      ),
    headers: fc.oneof(fc.constant({}), hostileHeaders).map((headers) => ({ ...PLAIN, ...headers })),
    body: fc.oneof({ weight: 3, arbitrary: fitting }, { weight: 2, arbitrary: hostileBody }),
  });
}

function pathsOf(path: string): fc.Arbitrary<string> {
  const value = fc.oneof(
    fc.constantFrom('psa.md', 'guides/rmm%20tools.md', 'docent', 'docent-embedding'),
    hostileText.map(encoded),
    fc.constantFrom(
      '%',
      '%E0%A4%A',
      '%00',
      '..%2f..%2fpackage.json',
      '%2e%2e/%2e%2e',
      '//',
      '.',
      '%5c',
      'a%2fb',
      '\u00e9',
      ';x=1',
      '%F0%9F',
    ),
  );
  const beyond = fc.constantFrom('', '/', '//', '/%00', '/../..', '/x/y');
  return fc
    .tuple(value, fc.oneof({ weight: 9, arbitrary: fc.constant('') }, { weight: 1, arbitrary: beyond }))
    .map(([filling, after]) => path.replace(/\{[^}]*\}/g, () => filling) + after);
}

function queriesOf(name: string, schema: Record<string, unknown>): fc.Arbitrary<string> {
  const values = fc.oneof(
    {
      weight: 4,
      arbitrary: fittingValue(schema, schemas).map((value) =>
        encoded(isJson(value) ? JSON.stringify(value) : String(value)),
      ),
    },
    { weight: 1, arbitrary: hostileText.map(encoded) },
    { weight: 1, arbitrary: fc.constantFrom('%', '%E0%A4%A', '+', '&&', '=', '%00', '[]=1') },
  );
  const pair = values.map((value) => `${encodeURIComponent(name)}=${value}`);
  return fc.oneof(
    { weight: 8, arbitrary: pair },
    { weight: 1, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.tuple(pair, pair).map(([one, other]) => `${one}&${other}`) },
  );
}

/** Halves of surrogate pairs, which have no encoding, go out as the replacement character. */
function encoded(text: string): string {
  return encodeURIComponent(new TextDecoder().decode(new TextEncoder().encode(text)));
}

/** As a client has it that asked for gzip. */
function unpacked(response: Response): Response {
  if (response.headers.get('content-encoding') !== 'gzip' || !response.body) return response;
  const { status, headers } = response;
  return new Response(response.body.pipeThrough(new DecompressionStream('gzip')), { status, headers });
}

const PLAIN = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
  host: 'localhost',
};

const INNARDS = [process.cwd(), 'node_modules', '\n    at ', '.ts:', 'file://'];
const WITHOUT_BODY = new Set(['GET', 'HEAD']);

describe('whatever is sent', () => {
  let whole: WholeApp;
  const counts = new Map<number, number>();
  /** Connections that this process has begun. */
  let begun = 0;
  const count = () => {
    begun++;
  };
  beforeAll(async () => {
    subscribe('net.client.socket', count);
    whole = await openWholeApp();
  });
  afterAll(async () => {
    unsubscribe('net.client.socket', count);
    await whole.close();
    const sum = [...counts.values()].reduce((total, count) => total + count, 0);
    const byStatus = [...counts].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
    process.stdout.write(
      `${sum} hostile requests to ${documented.operations.length} routes, by status: ${byStatus.join(', ')}\n`,
    );
  });

  async function send({ method, url, headers, body }: Sent): Promise<Response> {
    const response = await whole.app.request(`http://${headers.host}${url}`, {
      method,
      headers,
      ...(!WITHOUT_BODY.has(method) && body !== undefined && { body }),
    });
    counts.set(response.status, (counts.get(response.status) ?? 0) + 1);
    return unpacked(response);
  }

  /** What is wrong with the answer; nothing, if it is one that the document promises. */
  async function wrongWith(operation: DocumentedOperation, sent: Sent): Promise<string[]> {
    const response = await send(sent);
    const { status } = response;
    if (sent.method === 'HEAD' || sent.method === 'OPTIONS' || (status >= 300 && status < 400)) {
      return status >= 500 ? [`status ${status}`] : [];
    }
    const text = await response.clone().text();
    const wrong = status >= 500 ? [`status ${status}: ${text}`] : [];
    if (!response.ok) wrong.push(...INNARDS.filter((inner) => text.includes(inner)));
    if (/^event: error\ndata: \{"code":"internal"/m.test(text)) wrong.push(text);
    const { pathname } = new URL(sent.url, 'http://localhost');
    const isAsTold = sent.method === operation.method && isAt(operation, pathname);
    if (response.ok && !isAsTold) return wrong;
    const isTold = isAsTold && (response.ok || String(status) in inside(operation.told, 'responses'));
    const objections = isTold
      ? documented.objections(operation, response)
      : documented.objectionsToRefusal(pathname, response);
    return [...wrong, ...(await objections)];
  }

  test.each(documented.operations)(
    'to $method $path is answered or refused as documented',
    async (operation) => {
      await fc.assert(
        fc.asyncProperty(requestsTo(operation), async (sent) => {
          expect(await wrongWith(operation, sent)).toEqual([]);
        }),
        { numRuns: REQUESTS, seed: 7 },
      );
      expect(whole.faults).toEqual([]);
    },
  );

  const posts = documented.operations.filter(({ method }) => method === 'POST');
  test.each(posts)('to $method $path, 10 MB are too much', async (operation) => {
    for (const body of [`"${'x'.repeat(10_000_000)}"`, '['.repeat(10_000_000)]) {
      const sent = { method: 'POST', url: operation.path, headers: PLAIN, body };
      expect(await wrongWith(operation, sent)).toEqual([]);
    }
  });

  test('nothing is fetched for it', async () => {
    expect(begun).toBe(0);
    // So it would show.
    await fetch('http://127.0.0.1:49151/').catch(() => {});
    expect(begun).toBe(1);
    begun = 0;
  });
});
