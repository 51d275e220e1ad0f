import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { findContextTokens } from '../../../server/answer/find-context-tokens.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** An endpoint that lists its models like this; its base URL. */
function endpoint(body: string | undefined): Promise<string> {
  const server = createServer((request, response) => {
    if (body !== undefined) response.end(request.url === '/v1/models' ? body : '{}');
  });
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/v1`);
    });
  });
}

describe('findContextTokens', () => {
  test.each<[string, unknown, number | undefined]>([
    [
      'vLLM',
      {
        data: [
          { id: 'other', max_model_len: 1 },
          { id: 'small', max_model_len: 16384 },
        ],
      },
      16384,
    ],
    ['llama-server', { data: [{ id: '/models/small.gguf', meta: { n_ctx: 8192 } }] }, 8192],
    ['Ollama', { data: [{ id: 'small' }] }, undefined],
    [
      'a list without the model',
      {
        data: [
          { id: 'a', max_model_len: 1 },
          { id: 'b', max_model_len: 2 },
        ],
      },
      undefined,
    ],
    ['something else', { hello: 'world' }, undefined],
  ])('%s', async (_name, body, tokens) => {
    const baseUrl = await endpoint(JSON.stringify(body));
    expect(await findContextTokens({ baseUrl, model: 'small' })).toBe(tokens);
    expect(await findContextTokens({ baseUrl: `${baseUrl}/`, model: 'small' })).toBe(tokens);
  });

  test('no JSON, no answer and no server say nothing', async () => {
    expect(await findContextTokens({ baseUrl: await endpoint('<html>'), model: 'small' })).toBeUndefined();
    expect(
      await findContextTokens({ baseUrl: await endpoint(undefined), model: 'small' }, 20),
    ).toBeUndefined();
    expect(await findContextTokens({ baseUrl: 'http://127.0.0.1:9/v1', model: 'small' })).toBeUndefined();
  });
});
