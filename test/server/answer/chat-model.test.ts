import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DocentError } from '../../../knowledge/errors.ts';
import { type ChatModel, type ModelMessage, makeChatModel } from '../../../server/answer/chat-model.ts';
import { type ScriptedModel, startScriptedModel } from '../scripted-model.ts';

const KEY = 'sk-very-secret-0123456789';
const question: ModelMessage[] = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'What is an RMM?' },
];

let endpoint: ScriptedModel;
let model: ChatModel;

beforeEach(async () => {
  endpoint = await startScriptedModel();
  model = makeChatModel({ model: 'small', apiKey: KEY, baseUrl: endpoint.baseUrl });
});
afterEach(() => endpoint.close());

async function piecesOf(stream: AsyncIterable<string>): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of stream) pieces.push(piece);
  return pieces;
}

async function failureOf(work: Promise<unknown>): Promise<DocentError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DocentError)) throw new Error(`expected a DocentError, got ${String(error)}`);
  return error;
}

describe('makeChatModel', () => {
  test('passes on each token as it comes', async () => {
    endpoint.play({ tokens: ['An', ' RMM', ' watches', ' devices.'], hang: true });
    const stream = model.stream(question)[Symbol.asyncIterator]();
    expect((await stream.next()).value).toBe('An');
    expect((await stream.next()).value).toBe(' RMM');
    expect(endpoint.open).toBe(1);
    await stream.return?.();
  });

  test('asks for the model by name, with the messages, the key and a bound', async () => {
    endpoint.play({ tokens: ['Yes.'] });
    expect(await model.complete(question, { maxTokens: 50, json: true })).toBe('Yes.');
    const [request] = endpoint.requests;
    expect(request?.path).toBe('/v1/chat/completions');
    expect(request?.authorization).toBe(`Bearer ${KEY}`);
    expect(request?.body).toMatchObject({
      model: 'small',
      messages: question,
      max_tokens: 50,
      temperature: 0,
      response_format: { type: 'json_object' },
    });
  });

  test('takes a name with a colon, and an endpoint without a key', async () => {
    endpoint.play({ tokens: ['Yes.'] });
    await makeChatModel({ model: 'llama3.2:3b', baseUrl: endpoint.baseUrl }).complete(question);
    expect(endpoint.requests[0]?.body.model).toBe('llama3.2:3b');
  });

  test('shows no thoughts, neither tagged nor beside the answer', async () => {
    endpoint.play({
      thoughts: ['hm', ' well'],
      tokens: ['<th', 'ink>hm', '</thi', 'nk>', '\n\nAn RMM', '.'],
    });
    expect((await piecesOf(model.stream(question))).join('')).toBe('An RMM.');
  });

  test('asks again without JSON mode where an endpoint refuses it', async () => {
    endpoint.play({ status: 400 }, { tokens: ['{}'] });
    expect(await model.complete(question, { json: true })).toBe('{}');
    expect(endpoint.requests[1]?.body.response_format).toBeUndefined();
  });

  test('an aborted signal closes the request and ends with its reason', async () => {
    endpoint.play({ tokens: ['An', ' RMM'], hang: true });
    const reader = new AbortController();
    const stream = model.stream(question, { signal: reader.signal })[Symbol.asyncIterator]();
    await stream.next();
    const next = stream.next().then(() => stream.next());
    reader.abort(new Error('the reader left'));
    await expect(next).rejects.toThrow('the reader left');
    await endpoint.until(() => endpoint.open === 0);
    expect(endpoint.aborted).toBe(1);
  });

  test('a signal aborted before makes no request', async () => {
    const signal = AbortSignal.abort(new Error('the reader left'));
    await expect(model.complete(question, { signal })).rejects.toThrow('the reader left');
    expect(endpoint.requests).toHaveLength(0);
  });

  test('breaking out of the loop closes the request', async () => {
    endpoint.play({ tokens: ['An', ' RMM'], hang: true });
    for await (const piece of model.stream(question)) {
      expect(piece).toBe('An');
      break;
    }
    await endpoint.until(() => endpoint.open === 0);
    expect(endpoint.aborted).toBe(1);
  });

  test('a model that falls silent counts as unreachable', async () => {
    endpoint.play({ tokens: ['An'], hang: true });
    const quick = makeChatModel({ model: 'small', baseUrl: endpoint.baseUrl, silence: 100 });
    expect(await failureOf(piecesOf(quick.stream(question)))).toMatchObject({
      code: 'model_unreachable',
      message: expect.stringContaining('did not answer in time'),
    });
    await endpoint.until(() => endpoint.open === 0);
  });

  test.each([
    [401, 'model_refused', 'OPENAI_API_KEY'],
    [403, 'model_refused', 'OPENAI_API_KEY'],
    [404, 'model_refused', 'no model "small"'],
    [429, 'model_refused', 'quota'],
    [400, 'model_refused', 'CHAT_MODEL'],
    [500, 'model_unreachable', 'failed'],
  ])('status %i is %s, names host, status and remedy, and hides the key', async (status, code, remedy) => {
    endpoint.play({ status, errorMessage: `Incorrect API key provided: ${KEY}` });
    const failure = await failureOf(piecesOf(model.stream(question)));
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(remedy);
    expect(failure.message).toContain(`HTTP ${status}`);
    expect(failure.message).toContain(new URL(endpoint.baseUrl).host);
    expect(`${failure.stack} ${JSON.stringify(failure)}`).not.toContain(KEY);
    expect(endpoint.requests).toHaveLength(1);
  });

  test('a passing fault is tried once more', async () => {
    endpoint.play({ status: 503 }, { tokens: ['Yes.'] });
    expect(await model.complete(question)).toBe('Yes.');
  });

  test('a lasting fault is tried no more than twice', async () => {
    endpoint.play({ status: 503 });
    expect((await failureOf(model.complete(question))).code).toBe('model_unreachable');
    expect(endpoint.requests).toHaveLength(2);
  });

  test('too long a prompt is told as such', async () => {
    endpoint.play({ status: 400, errorMessage: "This model's maximum context length is 2048 tokens" });
    expect((await failureOf(model.complete(question))).message).toContain('CHAT_CONTEXT_TOKENS');
  });

  test('a stream cut in the middle is an error, and is not begun again', async () => {
    endpoint.play({ tokens: ['An', ' RMM', ' watches'], cutAfter: 2, pause: 5 });
    const pieces: string[] = [];
    const failure = await failureOf(
      (async () => {
        for await (const piece of model.stream(question)) pieces.push(piece);
      })(),
    );
    expect(pieces.join('')).toBe('An RMM');
    expect(failure.code).toBe('model_unreachable');
    expect(endpoint.requests).toHaveLength(1);
  });

  test('nobody listening is told with host and cause', async () => {
    await endpoint.close();
    const failure = await failureOf(model.complete(question));
    expect(failure.code).toBe('model_unreachable');
    expect(failure.message).toContain(new URL(endpoint.baseUrl).host);
    expect(failure.message).toContain('ECONNREFUSED');
    endpoint = await startScriptedModel();
  });
});
