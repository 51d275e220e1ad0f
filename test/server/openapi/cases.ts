/** A request; what isn't given is as its route has it, and plain JSON. */
export type Sent = {
  readonly url?: string;
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};
export type Case = readonly [operation: string, what: string, sent: Sent | (() => Sent), status: number];

const question = (content: string) => ({ messages: [{ role: 'user', content }] });

const completion = (more: object) => ({
  ...question('What does an RMM agent do?'),
  model: 'docent',
  ...more,
});
const rpc = (method: string, params = {}) => ({ jsonrpc: '2.0', id: 1, method, params });

/** A request to each route, and the status that it gets. `hash`: of the last section of `psa.md`. */
export const casesWith = (hash: () => string): readonly Case[] => [
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
    () => ({ url: `/api/sections?path=psa.md&anchor=tickets&hash=${hash()}` }),
    200,
  ],
  [
    'GET /api/sections',
    'a section that has moved',
    () => ({ url: `/api/sections?path=old.md&anchor=tickets&hash=${hash()}` }),
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
  [
    'POST /mcp',
    'a method that isn’t there',
    {
      body: rpc('no/such', {
        _meta: {
          'io.modelcontextprotocol/protocolVersion': '2026-07-28',
          'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
          'io.modelcontextprotocol/clientCapabilities': {},
        },
      }),
      headers: { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'no/such' },
    },
    404,
  ],
  ['POST /mcp', 'another verb', { method: 'GET' }, 405],
  [
    'POST /mcp',
    'a client that takes no JSON',
    { body: rpc('tools/list'), headers: { accept: 'text/html' } },
    406,
  ],
  ['POST /mcp', 'a message without end', { body: rpc('x'.repeat(300_000)) }, 413],
  ['POST /mcp', 'plain text', { body: rpc('tools/list'), headers: { 'content-type': 'text/plain' } }, 415],
];
