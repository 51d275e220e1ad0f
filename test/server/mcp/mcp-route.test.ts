import { Client, ProtocolError, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { StoreReader } from '../../../knowledge/snapshot.ts';
import type { Answer } from '../../../server/answer/answer.ts';
import { type AppDeps, makeApp } from '../../../server/app.ts';
import type { Audiences } from '../../../server/asker.ts';
import { citedAnswer } from '../../../server/contract/cited-answer.ts';
import { makeLimits } from '../../../server/limits/limits.ts';
import { type Listener, listen } from '../../../server/listen.ts';
import { makeLog } from '../../../server/log.ts';
import { documentOf, fakeStore } from '../fake-store.ts';

const QUOTE = 'An RMM watches devices.';
const rmm = documentOf('guides/rmm tools.md', 'RMM', QUOTE);
const many = Array.from({ length: 230 }, (_, i) =>
  documentOf(`notes/${String(i).padStart(3, '0')}.md`, `N${i}`, 'x'),
);
const at = rmm.source.indexOf(QUOTE);

/** Says one proven statement; a question about nothing never ends by itself. */
const answer: Answer = async function* ({ messages }, { signal }) {
  yield { type: 'stage', stage: 'searching' };
  if (messages[0]?.content === 'hang') {
    await new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason);
        ended?.();
      });
      begun?.();
    });
  }
  yield { type: 'stage', stage: 'reading', sections: 1 };
  const place = { n: 1, path: rmm.path, anchor: 'rmm', url: '/docs/guides/rmm%20tools.md#rmm' };
  const shown = { headings: ['RMM'], title: 'RMM', excerpt: QUOTE, hash: 'x', changedAt: rmm.changedAt };
  yield { type: 'sources', sources: [{ ...place, ...shown }] };
  yield { type: 'delta', text: `${QUOTE} [1] See [its agents](/docs/agents.md#one).` };
  const citation = { n: 1, quote: QUOTE, start: at, end: at + QUOTE.length };
  yield { type: 'claim', start: 0, end: QUOTE.length, status: 'quoted', citations: [citation] };
  yield { type: 'done', mode: 'quoted', score: 0.9, version: 7, timings: {} };
};

let begun: (() => void) | undefined;
let ended: (() => void) | undefined;
let audiencesSeen: (Audiences | undefined)[] = [];
const logged: string[] = [];

function appWith(deps: Partial<AppDeps> = {}): ReturnType<typeof makeApp> {
  const documents = fakeStore([rmm, ...many]);
  const store: StoreReader = {
    ...documents,
    current(audiences) {
      audiencesSeen.push(audiences);
      return documents.current(audiences);
    },
  };
  return makeApp({
    answer,
    search: () => {
      const hit = { path: rmm.path, anchor: 'rmm', headings: ['RMM'], title: 'RMM', text: QUOTE, score: 1 };
      return Promise.resolve({ hits: [{ ...hit, start: at, end: at + QUOTE.length }], version: 7 });
    },
    info: () => Promise.reject(new Error('not asked for')),
    store,
    webDir: 'none',
    log: makeLog(
      () => undefined,
      (line) => logged.push(line),
    ),
    ...deps,
  });
}

let listener: Listener;
beforeAll(async () => {
  listener = await listen(appWith(), { port: 0, host: '127.0.0.1' });
});
afterAll(() => listener.close(0));
afterEach(() => {
  expect(logged.splice(0)).toEqual([]);
});

describe.each(['legacy', 'auto'] as const)('the official client over HTTP, %s', (mode) => {
  let client: Client;
  beforeAll(async () => {
    client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
    await client.connect(new StreamableHTTPClientTransport(new URL(`${listener.url}/mcp`)));
  });
  afterAll(() => client.close());

  test('learns what there is', async () => {
    expect(client.getServerVersion()).toMatchObject({ name: 'docent', title: 'Docent' });
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['ask_docs', 'search_docs', 'read_section', 'list_docs']);
    for (const tool of tools) {
      expect(tool.annotations).toMatchObject({ readOnlyHint: true });
      expect(tool.outputSchema).toMatchObject({ type: 'object' });
    }
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates).toMatchObject([
      { uriTemplate: 'docent://docs/{+path}', mimeType: 'text/markdown' },
    ]);
  });

  test('lists the documents page by page, and reads one', async () => {
    const second = await client.listResources({ cursor: '100' });
    expect(second.resources).toHaveLength(100);
    const last = await client.listResources({ cursor: second.nextCursor });
    expect(last.resources).toHaveLength(31);
    expect(last.nextCursor).toBeUndefined();
    const uri = 'docent://docs/guides/rmm%20tools.md';
    const { contents } = await client.readResource({ uri });
    expect(contents).toEqual([{ uri, mimeType: 'text/markdown', text: rmm.source }]);
    const ref = { type: 'ref/resource', uri: 'docent://docs/{+path}' } as const;
    const { completion } = await client.complete({ ref, argument: { name: 'path', value: 'gui' } });
    expect(completion.values).toEqual([rmm.path]);
  });

  test('ask_docs: an answer with its proof, links, and word of how far it is', async () => {
    const stages: (string | undefined)[] = [];
    const result = await client.callTool(
      { name: 'ask_docs', arguments: { question: 'What is an RMM?' } },
      { onprogress: ({ message }) => stages.push(message) },
    );
    const url = `${listener.url}/docs/guides/rmm%20tools.md#rmm`;
    const text = `${QUOTE} [1] See [its agents](${listener.url}/docs/agents.md#one).`;
    expect(citedAnswer.parse(result.structuredContent)).toMatchObject({
      answer: text,
      claims: [{ text: QUOTE, citations: [{ path: rmm.path, line: 3, quote: QUOTE, url }] }],
    });
    expect(result.content[0]).toEqual({
      type: 'text',
      text: `${text}\n\n[1] [guides/rmm tools.md:3](${url})  ${QUOTE}\n`,
    });
    expect(result.content[1]).toMatchObject({
      type: 'resource_link',
      uri: 'docent://docs/guides/rmm%20tools.md',
    });
    expect(stages).toEqual(['Searching the docs', 'Reading what was found']);
  });

  test('search_docs, read_section and list_docs', async () => {
    const found = await client.callTool({ name: 'search_docs', arguments: { query: 'RMM', k: 3 } });
    expect(found.structuredContent).toMatchObject({
      hits: [{ path: rmm.path, line: 3, text: QUOTE }],
      version: 7,
    });
    const read = await client.callTool({
      name: 'read_section',
      arguments: { path: rmm.path, anchor: 'rmm' },
    });
    expect(read.structuredContent).toMatchObject({ text: rmm.source, line: 1, headings: ['RMM'] });
    const listed = await client.callTool({ name: 'list_docs', arguments: {} });
    expect(listed.structuredContent).toMatchObject({
      documents: [{ path: rmm.path, title: 'RMM', sections: 1 }, ...many.map(({ path }) => ({ path }))],
    });
  });

  test('what isn’t there, or isn’t right, is a tool error that says what to do', async () => {
    const calls = [
      { name: 'read_section', arguments: { path: 'gone.md' }, says: 'list_docs' },
      { name: 'read_section', arguments: { path: rmm.path, anchor: 'gone' }, says: 'Its sections are: rmm' },
      { name: 'search_docs', arguments: { query: 'RMM', k: 0 }, says: 'k' },
      { name: 'ask_docs', arguments: {}, says: 'question' },
      { name: 'ask_docs', arguments: { question: '  ' }, says: 'Type a question' },
    ];
    for (const { says, ...call } of calls) {
      const result = await client.callTool(call);
      expect(result.isError, JSON.stringify(call)).toBe(true);
      expect(result.content).toEqual([{ type: 'text', text: expect.stringContaining(says) }]);
    }
  });

  test('an unknown tool, resource, cursor or method: the protocol’s own error', async () => {
    const refused = [
      () => client.callTool({ name: 'no_such_tool', arguments: {} }),
      () => client.readResource({ uri: 'docent://docs/gone.md' }),
      () => client.readResource({ uri: 'docent://docs/../x' }),
      () => client.listResources({ cursor: 'x' }),
    ];
    for (const request of refused) await expect(request()).rejects.toBeInstanceOf(ProtocolError);
  });

  // The older protocol cancels by a request of its own, which a server without sessions can't match to the first.
  test.runIf(mode === 'auto')('a call that is cancelled ends the answer', async () => {
    const leave = new AbortController();
    const { call, hasBegun, hasEnded } = hang(client, leave.signal);
    await hasBegun;
    leave.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
    await hasEnded;
  });

  test('a client that leaves ends its answer', async () => {
    const { call, hasBegun, hasEnded } = hang(client);
    await hasBegun;
    await client.close();
    await expect(call).rejects.toThrow('Connection closed');
    await hasEnded;
  });
});

/** A call whose answer never ends by itself. */
function hang(client: Client, signal = new AbortController().signal) {
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const hasEnded = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const call = client.callTool({ name: 'ask_docs', arguments: { question: 'hang' } }, { signal });
  return { call, hasBegun, hasEnded };
}

const post = (given: Record<string, string>, body: string | Uint8Array<ArrayBuffer>, app = appWith()) => {
  const headers = {
    host: '127.0.0.1:3000',
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    ...given,
  };
  // As a server makes the address of what it is asked.
  return Promise.resolve(app.request(`http://${headers.host}/mcp`, { method: 'POST', headers, body }));
};
const LIST = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
const ASK_LIST = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'list_docs', arguments: {} },
});

async function expectRefusal(response: Response, status: number): Promise<void> {
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual({
    jsonrpc: '2.0',
    error: expect.objectContaining({ code: expect.any(Number), message: expect.any(String) }),
    id: null,
  });
}

describe('the door', () => {
  test.each([
    { headers: { host: 'docent.evil.example' }, why: 'another name for this machine' },
    { headers: { origin: 'https://evil.example' }, why: 'another site’s page' },
    { headers: { origin: 'http://192.168.1.9' }, why: 'a page of another machine' },
    { headers: { origin: 'null' }, why: 'a page without an origin' },
    {
      headers: { host: 'docs.example', origin: 'http://localhost:5173' },
      why: 'a local page for a public Docent',
    },
  ])('refuses $why, wherever it listens', async ({ headers }) => {
    for (const host of [undefined, '127.0.0.1', '0.0.0.0']) {
      const app = appWith({ publicUrl: 'https://docs.example', host });
      await expectRefusal(await post(headers, LIST, app), 403);
    }
  });

  test('an address below has nothing, and says so in the protocol’s words', async () => {
    const response = await appWith().request('/mcp/', { method: 'POST', headers: { host: 'localhost' } });
    await expectRefusal(response, 404);
  });

  test.each([
    { headers: { host: 'localhost:3000' } },
    { headers: { host: '[::1]:3000' } },
    { headers: { host: '192.168.1.2:3000' } },
    { headers: { host: 'docs.example', origin: 'https://docs.example' } },
    { headers: { host: 'docent.local:3000' } },
    { headers: { origin: 'http://localhost:6274' } },
  ])('lets in $headers', async ({ headers }) => {
    const app = appWith({ publicUrl: 'https://docs.example', host: 'docent.local' });
    expect((await post(headers, LIST, app)).status).toBe(200);
  });

  test.each([
    { body: '{', status: 400 },
    { body: '[]', status: 400 },
    { body: Buffer.from('{"jsonrpc":"2.0","id":1,"method":"\xff"}', 'latin1'), status: 400 },
    { body: '{"jsonrpc":"2.0","id":1}', status: 400 },
    { body: JSON.stringify({ a: 'x'.repeat(300_000) }), status: 413 },
  ])('answers $status to a body that is none', async ({ body, status }) => {
    const response = await post({}, body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ jsonrpc: '2.0', error: { message: expect.any(String) } });
  });

  test('an unknown method: the protocol’s error; another media type or verb: HTTP’s', async () => {
    const unknown = await post({}, JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'no/such' }));
    expect(await unknown.text()).toContain('-32601');
    expect((await post({ 'content-type': 'text/plain' }, LIST)).status).toBe(415);
    expect((await appWith().request('/mcp', { headers: { host: 'localhost' } })).status).toBe(405);
  });

  test('with access tokens: asks for one, and reads what it may see', async () => {
    const ann = { name: 'ann', audiences: ['hr'] };
    const tokens = { askerOf: (token: string) => Promise.resolve(token === 'secret' ? ann : undefined) };
    const app = appWith({ access: { tokens } });
    const refused = await post({}, ASK_LIST, app);
    await expectRefusal(refused, 401);
    expect(refused.headers.get('www-authenticate')).toContain('Bearer');
    audiencesSeen = [];
    expect((await post({ authorization: 'Bearer secret' }, ASK_LIST, app)).status).toBe(200);
    expect(audiencesSeen).toEqual([['hr']]);
  });

  test('requests without end are refused in the protocol’s words', async () => {
    const limits = makeLimits({ requestsPerMinute: 1, answersEach: 9, answers: 9 });
    const app = appWith({ limits });
    expect((await post({}, LIST, app)).status).toBe(200);
    const refused = await post({}, LIST, app);
    await expectRefusal(refused, 429);
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
  });

  test('questions count against the limits, and the tool says when to try again', async () => {
    const limits = makeLimits({ questionsPerMinute: 1, answersEach: 9, answers: 9 });
    const ask = { name: 'ask_docs', arguments: { question: 'What is an RMM?' } };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: ask });
    const app = appWith({ limits });
    expect(await (await post({}, body, app)).text()).toContain('structuredContent');
    expect(await (await post({}, body, app)).text()).toMatch(
      /Too many questions in a minute.*"isError":true/,
    );
  });
});
