import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServedDocs, serveDocs } from './serve-docs.ts';

let docs: ServedDocs;
beforeAll(async () => {
  docs = await serveDocs();
});
afterAll(() => docs.close());

const chat = () =>
  new ChatOpenAI({
    model: 'docent',
    apiKey: 'none',
    temperature: 0.2,
    maxRetries: 0,
    configuration: { baseURL: docs.baseURL },
  });

test('LangChain’s ChatOpenAI asks', async () => {
  const message = await chat().invoke([
    ['system', 'Be short.'],
    ['human', 'What is an RMM?'],
  ]);
  expect(message.text).toContain(`](${docs.origin}/docs/rmm.md?q=`);
  const tokens = { input_tokens: expect.any(Number), output_tokens: expect.any(Number) };
  expect(message).toMatchObject({ usage_metadata: tokens });
});

test('and streams', async () => {
  const whole = await chat().invoke('What is an RMM?');
  let text = '';
  const usages: unknown[] = [];
  for await (const chunk of await chat().stream('What is an RMM?')) {
    text += chunk.text;
    usages.push(chunk.usage_metadata);
  }
  expect(text).toBe(whole.text);
  expect(usages).toContainEqual(whole.usage_metadata);
});

test('and goes on with the conversation', async () => {
  const first = await chat().invoke('What is an RMM?');
  const second = await chat().invoke([
    ['human', 'What is an RMM?'],
    ['ai', first.text],
    ['human', 'What are its risks?'],
  ]);
  expect(second.text).toContain('/docs/rmm.md');
});

test('LangChain’s OpenAIEmbeddings embeds with the local model', async () => {
  const embeddings = new OpenAIEmbeddings({
    model: 'docent-embedding',
    apiKey: 'none',
    configuration: { baseURL: docs.baseURL },
  });
  const own = Array.from(await docs.embedder.embedQuery('What is an RMM?'));
  expect(await embeddings.embedQuery('What is an RMM?')).toEqual(own);
  expect(await embeddings.embedDocuments(['What is an RMM?', 'And a PSA?'])).toEqual([
    own,
    Array.from(await docs.embedder.embedQuery('And a PSA?')),
  ]);
});
