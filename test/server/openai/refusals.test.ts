import { connect } from 'node:net';
import { AuthenticationError, OpenAI } from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DocentError } from '../../../knowledge/errors.ts';
import { sha256 } from '../../../knowledge/sha256.ts';
import type { AppDeps } from '../../../server/app.ts';
import { makeApp } from '../../../server/app.ts';
import { apiError } from '../../../server/contract/openai-error.ts';
import type { ChatRequest } from '../../../server/events.ts';
import { appDeps, silentLog } from '../app-deps.ts';
import { serveApp } from './serve-docs.ts';

const QUESTION = { role: 'user', content: 'What is an RMM?' };
const asking = (more: object = {}) => ({ model: 'docent', messages: [QUESTION], ...more });
const saying = (...messages: object[]) => ({ model: 'docent', messages });

let asked: ChatRequest[];
beforeEach(() => {
  asked = [];
});

function send(path: string, init: RequestInit = {}, deps: Partial<AppDeps> = {}): Promise<Response> {
  const app = makeApp(
    appDeps({
      answer: async function* (request) {
        asked.push(request);
        yield { type: 'delta', text: 'An RMM watches.' };
        yield { type: 'done', mode: 'abstained', score: 1, version: 1, timings: {} };
      },
      ...deps,
    }),
  );
  return Promise.resolve(app.request(path, init));
}

const post = (body: unknown, path = '/v1/chat/completions', deps: Partial<AppDeps> = {}) =>
  send(path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }, deps);

async function errorOf(response: Response) {
  return apiError.strict().parse(await response.json()).error;
}

describe('what would change the answer is refused by name', () => {
  test.each([
    [{ n: 2 }, 'n'],
    [{ tools: [{ type: 'function', function: { name: 'get_weather' } }] }, 'tools', 'get_weather'],
    [{ tool_choice: { type: 'function', function: { name: 'get_weather' } } }, 'tool_choice', 'get_weather'],
    [{ tool_choice: 'required' }, 'tool_choice'],
    [{ functions: [{ name: 'get_weather' }] }, 'functions', 'get_weather'],
    [{ function_call: { name: 'get_weather' } }, 'function_call', 'get_weather'],
    [{ response_format: { type: 'json_object' } }, 'response_format.type'],
    [{ response_format: { type: 'json_schema', json_schema: {} } }, 'response_format.type'],
    [{ logprobs: true }, 'logprobs'],
    [{ top_logprobs: 3 }, 'top_logprobs'],
    [{ stop: 'RMM' }, 'stop'],
    [{ stop: ['RMM'] }, 'stop'],
    [{ modalities: ['text', 'audio'] }, 'modalities[1]'],
    [{ audio: { voice: 'alloy', format: 'mp3' } }, 'audio'],
    [{ web_search_options: {} }, 'web_search_options'],
  ])('%j', async (more, param, names = param) => {
    const response = await post(asking(more));
    expect(response.status).toBe(400);
    const error = await errorOf(response);
    expect(error).toMatchObject({ type: 'invalid_request_error', param, code: 'unsupported_parameter' });
    expect(error.message).toContain(names);
    expect(asked).toEqual([]);
  });

  test('an argument that nobody knows is refused as OpenAI does', async () => {
    expect(await errorOf(await post(asking({ tols: [] })))).toMatchObject({
      message: 'Unrecognized request argument supplied: tols',
      param: 'tols',
      code: 'unknown_parameter',
    });
  });
});

test('what only tunes a model, or asks for what happens anyway, is taken', async () => {
  const response = await post(
    asking({
      ...{ temperature: 0.7, top_p: 1, seed: 7, presence_penalty: 0, frequency_penalty: 0, user: 'me' },
      ...{ metadata: {}, store: false, logit_bias: {}, service_tier: 'auto', reasoning_effort: 'low' },
      ...{ n: 1, tools: [], tool_choice: 'none', response_format: { type: 'text' }, logprobs: false },
      ...{ stop: null, modalities: ['text'], stream: false, stream_options: null, max_tokens: null },
      ...{ top_k: 40, repeat_penalty: 1.1 },
    }),
  );
  expect(response.status).toBe(200);
  expect(asked).toEqual([{ messages: [QUESTION] }]);
});

describe('a malformed request', () => {
  const call = { id: '1', type: 'function', function: { name: 'get_weather', arguments: '{}' } };
  test.each([
    ['no JSON', '{ "model": ', 400, null, 'invalid_json'],
    ['nothing', '', 400, null, 'invalid_json'],
    ['a list', [], 400, null, 'invalid_type'],
    ['no model', { messages: [QUESTION] }, 400, 'model', 'missing_required_parameter'],
    ['no messages', { model: 'docent' }, 400, 'messages', 'missing_required_parameter'],
    ['an empty conversation', saying(), 400, 'messages', 'invalid_value'],
    ['a message that is none', saying(QUESTION, 'x' as never), 400, 'messages[1]', 'invalid_type'],
    ['a foreign role', saying({ role: 'boss', content: 'x' }), 400, 'messages[0].role', 'invalid_value'],
    ['no role', saying({ content: 'x' }), 400, 'messages[0].role', 'invalid_value'],
    ['no content', saying({ role: 'user' }), 400, 'messages[0].content', 'missing_required_parameter'],
    [
      'content that is no text',
      saying({ role: 'user', content: 1 }),
      400,
      'messages[0].content',
      'invalid_value',
    ],
    [
      'an image',
      saying({ role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:,' } }] }),
      400,
      'messages[0].content[0].type',
      'invalid_value',
    ],
    [
      'a call to a tool that doesn’t exist',
      saying(QUESTION, { role: 'assistant', content: null, tool_calls: [call] }, QUESTION),
      400,
      'messages[1].tool_calls',
      'invalid_value',
    ],
    [
      'a tool’s reply',
      saying(QUESTION, { role: 'tool', tool_call_id: '1', content: 'x' }, QUESTION),
      400,
      'messages[1].role',
      'invalid_value',
    ],
    ['a last word of the assistant', saying({ role: 'assistant', content: 'x' }), 400, null, 'bad_request'],
    ['only a system message', saying({ role: 'system', content: 'x' }), 400, null, 'bad_request'],
    ['an empty question', saying({ role: 'user', content: ' ' }), 400, null, 'question_empty'],
    ['no tokens', asking({ max_tokens: 0 }), 400, 'max_tokens', 'invalid_value'],
    [
      'a question that is a book',
      saying({ role: 'user', content: 'word '.repeat(2_000) }),
      413,
      null,
      'context_length_exceeded',
    ],
    ['10 MB', 'x'.repeat(10_000_000), 413, null, 'context_length_exceeded'],
  ])('with %s gets OpenAI’s error', async (_, body, status, param, code) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    expect(await errorOf(response)).toMatchObject({ type: 'invalid_request_error', param, code });
    expect(asked).toEqual([]);
  });

  test('names the tool that doesn’t exist', async () => {
    const body = saying(QUESTION, { role: 'assistant', content: null, tool_calls: [call] }, QUESTION);
    expect((await errorOf(await post(body))).message).toContain('There is no tool "get_weather"');
  });

  test('that isn’t UTF-8 is not answered as something else', async () => {
    const body = Buffer.concat([
      Buffer.from('{"model":"docent","messages":[{"role":"user","content":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}]}'),
    ]);
    const response = await send('/v1/chat/completions', { method: 'POST', body });
    expect(response.status).toBe(400);
    expect((await errorOf(response)).message).toContain('UTF-8');
    expect(asked).toEqual([]);
  });
});

test.each([
  ['GET', '/v1', 404, 'not_found'],
  ['GET', '/v1/', 404, 'not_found'],
  ['POST', '/v1/responses', 404, 'not_found'],
  ['GET', '/v1/models/gpt-4o', 404, 'model_not_found'],
  ['GET', '/v1/models/%E0%A4', 404, 'model_not_found'],
  ['GET', '/v1/chat/completions', 405, 'method_not_allowed'],
  ['DELETE', '/v1/models/docent', 405, 'method_not_allowed'],
  ['PUT', '/v1/embeddings', 405, 'method_not_allowed'],
])('%s %s is refused in OpenAI’s shape, with an id to ask about', async (method, path, status, code) => {
  const response = await send(path, { method });
  expect(response.status).toBe(status);
  expect(await errorOf(response)).toMatchObject({ code, type: 'invalid_request_error' });
  expect(response.headers.get('x-request-id')).toMatch(/^[\w-]{8,}$/);
  expect(response.headers.has('allow')).toBe(status === 405);
});

test('pages of other sites are refused', async () => {
  const response = await send('/v1/chat/completions', {
    method: 'POST',
    body: JSON.stringify(asking()),
    headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
  });
  expect(response.status).toBe(403);
  expect(await errorOf(response)).toMatchObject({ code: 'forbidden' });
  expect(asked).toEqual([]);
});

describe('what fails before the first word has its status, also for a stream', () => {
  test.each([
    ['rate_limited', 429, 'rate_limit_error'],
    ['store_missing', 503, 'server_error'],
  ] as const)('%s', async (code, status, type) => {
    const response = await post(asking({ stream: true }), '/v1/chat/completions', {
      // biome-ignore lint/correctness/useYield: it fails first
      answer: async function* () {
        throw new DocentError(code, 'Not now.', { retryAfter: 7 });
      },
    });
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await errorOf(response)).toMatchObject({ message: 'Not now.', type, code });
  });
});

test('a fault of ours tells nothing of itself', async () => {
  const logged: unknown[] = [];
  const log = { ...silentLog, error: (error: Error) => void logged.push(error.cause) };
  const response = await post({ model: 'docent-embedding', input: 'x' }, '/v1/embeddings', { log });
  expect(response.status).toBe(500);
  expect((await errorOf(response)).message).not.toContain('nothing is embedded here');
  expect(String(logged)).toContain('nothing is embedded here');
});

test.each([
  ['the host that was asked', {}, {}, 'http://docent.test/docs/'],
  ['with a proxy’s scheme', { 'x-forwarded-proto': 'https' }, {}, 'https://docent.test/docs/'],
  ['PUBLIC_URL', {}, { publicUrl: 'https://x.example/docs-bot' }, 'https://x.example/docs-bot/docs/'],
])('links lead to %s', async (_, headers, deps, begins) => {
  const body = JSON.stringify(asking());
  const answer: AppDeps['answer'] = async function* () {
    yield {
      type: 'sources',
      sources: [
        {
          n: 1,
          path: 'rmm.md',
          anchor: 'x',
          headings: ['X'],
          title: 'RMM',
          url: '/docs/rmm.md#x',
          excerpt: '',
          hash: '',
          changedAt: '',
        },
      ],
    };
    yield { type: 'delta', text: 'It watches. [1]' };
    yield { type: 'done', mode: 'quoted', score: 1, version: 1, timings: {} };
  };
  const response = await send(
    'http://docent.test/v1/chat/completions',
    { method: 'POST', body, headers },
    { answer, ...deps },
  );
  expect(await response.text()).toContain(`[1](${begins}rmm.md#x)`);
});

describe('where access tokens are asked for', () => {
  const TOKEN = 'docent_right';
  let served: Awaited<ReturnType<typeof serveApp>>;
  beforeAll(async () => {
    const tokens: NonNullable<AppDeps['access']>['tokens'] = {
      askerOf: async (token) =>
        sha256(token) === sha256(TOKEN) ? { name: 'ann', audiences: 'all' } : undefined,
    };
    served = await serveApp({ access: { tokens } });
  });
  afterAll(() => served.close());

  test('the client’s API key is the token', async () => {
    const client = new OpenAI({ apiKey: TOKEN, baseURL: served.baseURL, maxRetries: 0 });
    expect((await client.models.list()).data[0]?.id).toBe('docent');
  });

  test('a wrong one is told as a wrong key', async () => {
    const client = new OpenAI({ apiKey: 'wrong', baseURL: served.baseURL, maxRetries: 0 });
    const fault = await client.models.list().catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(AuthenticationError);
    expect(fault).toMatchObject({ code: 'invalid_api_key' });
  });
});

test('half a request over the wire leaves no fault behind', async () => {
  const logged: string[] = [];
  const log = { ...silentLog, error: (error: Error) => void logged.push(error.message) };
  const { origin, client, close } = await serveApp({ log });
  await new Promise<void>((resolve) => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1', () => {
      socket.write('POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\n{"mod', () =>
        socket.destroy(),
      );
    });
    socket.on('close', () => resolve());
  });
  expect((await client.models.list()).data.length).toBeGreaterThan(0);
  await close();
  expect(logged).toEqual([]);
});
