import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeApp } from '../../../server/app.ts';
import { silentLog } from '../app-deps.ts';
import { documentOf, fakeStore } from '../fake-store.ts';

const METHODS = [
  ...[
    'initialize',
    'ping',
    'tools/list',
    'tools/call',
    'resources/list',
    'resources/read',
    'server/discover',
  ],
  ...[
    'resources/templates/list',
    'completion/complete',
    'prompts/list',
    'notifications/cancelled',
    'logging/setLevel',
  ],
];
const TOOLS = ['ask_docs', 'search_docs', 'read_section', 'list_docs'];
const VERSION = '2026-07-28';

const jsonText = fc.json({ maxDepth: 3 });
const params = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.record({
    name: fc.oneof(fc.constantFrom(...TOOLS), fc.string()),
    arguments: fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.record(
        {
          query: fc.jsonValue(),
          k: fc.jsonValue(),
          path: fc.string(),
          anchor: fc.string(),
          question: fc.string(),
        },
        { requiredKeys: [] },
      ),
    ),
  }),
  fc.record({
    uri: fc.oneof(
      fc.webUrl(),
      fc.string(),
      fc.string().map((path) => `docent://docs/${path}`),
    ),
  }),
  fc.record({ cursor: fc.string() }),
);
const message = fc.record(
  {
    jsonrpc: fc.constantFrom('2.0', '2.0', '1.0'),
    id: fc.oneof(fc.integer(), fc.string(), fc.constant(null)),
    method: fc.oneof(fc.constantFrom(...METHODS), fc.string()),
    params,
  },
  { requiredKeys: ['jsonrpc'] },
);
const body = fc.oneof(
  message.map((one) => JSON.stringify(one)),
  fc.array(message, { maxLength: 4 }).map((all) => JSON.stringify(all)),
  jsonText,
  fc.string(),
);
const headers = fc.record(
  {
    'mcp-protocol-version': fc.constantFrom(VERSION, '2025-11-25', '2025-06-18', 'x'),
    'mcp-method': fc.constantFrom(...METHODS),
    'mcp-session-id': fc.uuid(),
    'last-event-id': fc.uuid(),
    accept: fc.constantFrom('application/json, text/event-stream', 'application/json', '*/*', 'text/html'),
    'content-type': fc.constantFrom('application/json', 'application/json; charset=utf-8', 'text/plain'),
  },
  { requiredKeys: ['content-type'] },
);

test('whatever is sent, Docent answers in the protocol’s form and without a fault', async () => {
  const faults: unknown[] = [];
  const note = (what: unknown) => {
    faults.push(what);
  };
  const app = makeApp({
    answer: async function* () {
      yield { type: 'delta', text: 'Yes.' };
      yield { type: 'done', mode: 'quoted', score: 1, version: 7, timings: {} };
    },
    search: () => Promise.resolve({ hits: [], version: 7 }),
    info: () => Promise.reject(new Error('not asked for')),
    store: fakeStore([documentOf('rmm.md', 'RMM', 'It watches.')]),
    webDir: 'none',
    log: { ...silentLog, info: note, warn: note, error: note },
  });
  await fc.assert(
    fc.asyncProperty(
      body,
      headers,
      fc.constantFrom('POST', 'POST', 'POST', 'PUT'),
      async (sent, given, method) => {
        const response = await app.request('/mcp', {
          method,
          headers: { host: 'localhost', ...given },
          body: sent,
        });
        expect(response.status).toBeLessThan(500);
        const text = await response.text();
        if (text !== '') expect(text).toContain('"jsonrpc":"2.0"');
      },
    ),
    { numRuns: 500 },
  );
  expect(faults).toEqual([]);
});
