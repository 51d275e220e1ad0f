import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { makeOpenAiEmbedder } from '../../knowledge/openai-embedder.ts';

const apiKey = 'sk-very-secret';

/** A real endpoint on loopback; vectors tell the length of their text. */
async function endpoint({ status = 200, dimensions = 3 } = {}) {
  const inputs: string[][] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const { input, encoding_format } = JSON.parse(body);
    inputs.push(input);
    response.writeHead(status, { 'content-type': 'application/json' });
    if (status !== 200) return response.end(JSON.stringify({ error: { message: `bad key ${apiKey}` } }));
    const embed = (text: string) =>
      Float32Array.from({ length: dimensions }, (_, d) => (d === 0 ? text.length : 1));
    const data = input.map((text: string, index: number) => ({
      index,
      embedding:
        encoding_format === 'base64' ? Buffer.from(embed(text).buffer).toString('base64') : [...embed(text)],
    }));
    response.end(JSON.stringify({ data, model: 'm', usage: { prompt_tokens: 1, total_tokens: 1 } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { inputs, baseUrl: `http://127.0.0.1:${port}/v1` };
}

test('dimensions are learnt once, and a passage and its sentences are inputs of their own', async () => {
  const { inputs, baseUrl } = await endpoint();
  const embedder = await makeOpenAiEmbedder({ model: 'm', apiKey, baseUrl });
  expect(embedder).toMatchObject({ dimensions: 3, id: 'openai:m/3' });
  const [passage] = await embedder.embedPassages([{ context: 'RMM', sentences: ['One.', 'Two\nlines.'] }]);
  expect(inputs).toEqual([['dimensions'], ['RMM\nOne.\nTwo\nlines.', 'One.', 'Two\nlines.']]);
  expect(passage?.sentences).toHaveLength(2);
  for (const vector of [passage?.vector, ...(passage?.sentences ?? []), await embedder.embedQuery('why?')])
    expect(Math.hypot(...(vector ?? []))).toBeCloseTo(1, 5);
});

test('a refused key is told without the key', async () => {
  const { baseUrl } = await endpoint({ status: 401 });
  const refused = makeOpenAiEmbedder({ model: 'm', apiKey, baseUrl });
  await expect(refused).rejects.toMatchObject({
    code: 'embedding_failed',
    message: expect.stringMatching(/^(?!.*secret).*OPENAI_API_KEY/),
  });
});

test('vectors of another size than stated are refused', async () => {
  const { baseUrl } = await endpoint({ dimensions: 2 });
  const embedder = await makeOpenAiEmbedder({ model: 'm', apiKey, baseUrl, dimensions: 3 });
  await expect(embedder.embedQuery('why?')).rejects.toMatchObject({
    code: 'embedding_failed',
    message: expect.stringContaining('2 dimensions instead of 3'),
  });
});

test('an abort is passed on', async () => {
  const { baseUrl } = await endpoint();
  const embedder = await makeOpenAiEmbedder({ model: 'm', apiKey, baseUrl });
  await expect(embedder.embedQuery('why?', AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
});
