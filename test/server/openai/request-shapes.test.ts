import { describe, expect, test } from 'vitest';
import { makeApp } from '../../../server/app.ts';
import { apiError } from '../../../server/contract/openai-error.ts';
import { appDeps } from '../app-deps.ts';

const QUESTION = { role: 'user', content: 'What is an RMM?' };
const asking = (more: object = {}) => ({ model: 'docent', messages: [QUESTION], ...more });
const saying = (...messages: object[]) => ({ model: 'docent', messages });

const post = async (body: object, path = '/v1/chat/completions') =>
  makeApp(appDeps()).request(path, { method: 'POST', body: JSON.stringify(body) });

async function errorOf(response: Response) {
  return apiError.strict().parse(await response.json()).error;
}

describe('what nobody knows is refused', () => {
  test.each([
    [saying({ ...QUESTION, metadata: {} }), 'messages[0].metadata'],
    [
      saying({ role: 'user', content: [{ type: 'text', text: 'RMM?', bold: true }] }),
      'messages[0].content[0].bold',
    ],
    [asking({ stream: true, stream_options: { usage: true } }), 'stream_options.usage'],
  ])('also inside: %j', async (body, param) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await errorOf(response)).toMatchObject({
      message: `Unrecognized request argument supplied: ${param}`,
      param,
      code: 'unknown_parameter',
    });
  });

  test('stream_options without a stream are refused, as OpenAI does', async () => {
    const response = await post(asking({ stream_options: { include_usage: true } }));
    expect(response.status).toBe(400);
    expect(await errorOf(response)).toMatchObject({ param: 'stream_options', code: 'invalid_value' });
  });

  test('what came with an answer may be sent back with it', async () => {
    const answered = { role: 'assistant', content: 'An RMM.', refusal: null, annotations: [], audio: null };
    expect((await post(saying(QUESTION, answered, QUESTION))).status).toBe(200);
  });
});

test.each([
  [{}, 'input: Send a text, or a list of 1 to 256 texts.'],
  [{ input: { text: 'RMM' } }, 'input: Send a text, or a list of 1 to 256 texts.'],
  [{ input: [] }, 'input: Send a text, or a list of 1 to 256 texts.'],
  [{ input: 'passage: ' }, 'input: An empty text has no embedding.'],
  [{ input: ['RMM', 'query:'] }, 'input[1]: An empty text has no embedding.'],
])('embeddings of %j: says what to send', async (more, message) => {
  const response = await post({ model: 'docent-embedding', ...more }, '/v1/embeddings');
  expect(response.status).toBe(400);
  expect(await errorOf(response)).toMatchObject({ message });
});
