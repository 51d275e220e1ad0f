import type OpenAI from 'openai';
import { BadRequestError, NotFoundError } from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../../server/answer/answer.ts';
import { chatCompletion, chatCompletionChunk } from '../../../server/contract/openai-chat.ts';
import type { ChatRequest } from '../../../server/events.ts';
import { silentLog } from '../app-deps.ts';
import { type ServedDocs, serveApp, serveDocs } from './serve-docs.ts';

type Chunk = OpenAI.Chat.Completions.ChatCompletionChunk;

let docs: ServedDocs;
beforeAll(async () => {
  docs = await serveDocs();
});
afterAll(() => docs.close());

const ask = (content: string) => ({ model: 'docent', messages: [{ role: 'user' as const, content }] });

async function chunksOf(stream: AsyncIterable<Chunk>): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

const textOf = (chunks: readonly Chunk[]) =>
  chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');

describe('models', () => {
  test('are those that answer, and those that embed', async () => {
    const models = await docs.client.models.list();
    expect(models.data.map(({ id }) => id)).toEqual([
      'docent',
      'docent-quoted',
      'docent-embedding',
      docs.embedder.id,
    ]);
    expect(await docs.client.models.retrieve('docent')).toMatchObject({ id: 'docent', object: 'model' });
    expect((await docs.client.models.retrieve(docs.embedder.id)).id).toBe(docs.embedder.id);
  });

  test('an unknown one is not found, and those that are there are named', async () => {
    const fault = await docs.client.models.retrieve('gpt-4o').catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(NotFoundError);
    expect(fault).toMatchObject({ status: 404, code: 'model_not_found', param: 'model' });
    const asked = await docs.client.chat.completions
      .create({ ...ask('What is an RMM?'), model: 'gpt-4o' })
      .catch((error: unknown) => error);
    expect(asked).toBeInstanceOf(NotFoundError);
    expect(String(asked)).toContain('docent, docent-quoted');
  });
});

describe('an answer whole', () => {
  test('has its citations as links and as annotations', async () => {
    const completion = await docs.client.chat.completions.create(ask('What is an RMM?'));
    expect(chatCompletion.strict().parse(completion)).toBeTruthy();
    const [choice] = completion.choices;
    expect(choice?.finish_reason).toBe('stop');
    expect(choice?.message.content).toContain(`](${docs.origin}/docs/rmm.md?q=`);
    const annotations = choice?.message.annotations ?? [];
    expect(annotations.length).toBeGreaterThan(0);
    const points = [...(choice?.message.content ?? '')];
    for (const { url_citation } of annotations) {
      const { start_index, end_index, url, title } = url_citation;
      expect(points.slice(start_index, end_index).join('')).toMatch(/^\[\d\]\(http.*\)$/);
      expect(points.slice(start_index, end_index).join('')).toContain(`(${url})`);
      expect(title).toContain('RMM');
    }
  });

  test('opens the very words that it cites', async () => {
    const completion = await docs.client.chat.completions.create(ask('Where does the compass hang?'));
    const url = completion.choices[0]?.message.annotations?.[0]?.url_citation.url ?? '';
    const [start, end] = (new URL(url).searchParams.get('q') ?? '').split('-').map(Number);
    expect(docs.files['compass.md']?.slice(start, end)).toBe(
      'The compass 🧭 of the depot hangs 👩🏽‍🔧 beside the door.',
    );
    expect((await fetch(url)).status).not.toBe(500);
  });

  test('counts its annotations in code points', async () => {
    const completion = await docs.client.chat.completions.create(ask('Where does the compass hang?'));
    const { content, annotations } = completion.choices[0]?.message ?? {};
    const { start_index = 0, end_index = 0, url } = annotations?.[0]?.url_citation ?? {};
    expect([...(content ?? '')].slice(start_index, end_index).join('')).toBe(`[1](${url})`);
    expect(content?.slice(start_index, end_index)).not.toBe(`[1](${url})`);
  });

  test('has absolute links where the docs link to each other', async () => {
    const completion = await docs.client.chat.completions.create(ask('Where does the compass hang?'));
    expect(completion.choices[0]?.message.content).toContain(`[the RMM](${docs.origin}/docs/rmm.md#alerts)`);
  });

  test('tells tokens, and what Docent knows of each statement', async () => {
    const completion = await docs.client.chat.completions.create(ask('What is an RMM?'));
    const { prompt_tokens = 0, completion_tokens = 0, total_tokens } = completion.usage ?? {};
    expect(prompt_tokens).toBe(6);
    expect(completion_tokens).toBeGreaterThan(20);
    expect(total_tokens).toBe(prompt_tokens + completion_tokens);
    const { docent } = chatCompletion.parse(completion);
    expect(docent.mode).toBe('quoted');
    expect(docent.sources[0]?.url).toBe(`${docs.origin}/docs/rmm.md#what-is-an-rmm`);
    expect(docent.statements.supported).toBe(docent.claims.length);
    expect(docent.claims.map(({ status }) => status)).toEqual(docent.claims.map(() => 'quoted'));
    expect(docent.claims[0]?.text).toMatch(/^An RMM /);
    expect(docent.claims[0]?.citations.map(({ quote }) => quote)).toEqual([docent.claims[0]?.text]);
  });

  test('says when the docs don’t answer, and links to what comes nearest', async () => {
    const completion = await docs.client.chat.completions.create(ask('Who won the 1998 football world cup?'));
    const [choice] = completion.choices;
    expect(choice?.finish_reason).toBe('stop');
    expect(choice?.message.content).toMatch(/^The docs don’t answer this\..*\n\n- \[.*\]\(http.*\)/);
    expect(choice?.message.annotations).toEqual([]);
    expect(chatCompletion.parse(completion).docent.mode).toBe('abstained');
  });

  test('ends at the bound of tokens, between words, and says so', async () => {
    const completion = await docs.client.chat.completions.create({
      ...ask('What is an RMM?'),
      max_completion_tokens: 12,
    });
    const [choice] = completion.choices;
    expect(choice?.finish_reason).toBe('length');
    expect(completion.usage?.completion_tokens).toBeLessThanOrEqual(12);
    expect(choice?.message.content).not.toBe('');
    expect(choice?.message.annotations).toEqual([]);
  });

  test('of a follow-up sees what was said, without the links', async () => {
    const seen: ChatRequest[] = [];
    const answer: Answer = async function* (request) {
      seen.push(request);
      yield { type: 'delta', text: 'Yes.' };
      yield { type: 'done', mode: 'abstained', score: 1, version: 1, timings: {} };
    };
    const { client, close } = await serveApp({ answer });
    const told = `An RMM watches. [1](${docs.origin}/docs/rmm.md?q=1-2#x)\n\n*1 of 2 statements is supported by the docs.*`;
    await client.chat.completions.create({
      model: 'docent',
      messages: [
        { role: 'system', content: 'Be kind.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is' },
            { type: 'text', text: 'an RMM?' },
          ],
        },
        { role: 'assistant', content: told },
        { role: 'user', content: 'And a PSA?' },
      ],
    });
    await close();
    expect(seen).toEqual([
      {
        messages: [
          { role: 'user', content: 'What is\nan RMM?' },
          { role: 'assistant', content: 'An RMM watches. [1]' },
          { role: 'user', content: 'And a PSA?' },
        ],
      },
    ]);
  });
});

describe('an answer streamed', () => {
  test('is the same, its role first, its annotations before the end', async () => {
    const whole = await docs.client.chat.completions.create(ask('What is an RMM?'));
    const chunks = await chunksOf(
      await docs.client.chat.completions.create({ ...ask('What is an RMM?'), stream: true }),
    );
    for (const chunk of chunks) expect(chatCompletionChunk.strict().parse(chunk)).toBeTruthy();
    expect(chunks[0]?.choices[0]?.delta).toEqual({ role: 'assistant', content: '', refusal: null });
    expect(textOf(chunks)).toBe(whole.choices[0]?.message.content);
    expect(chunks.at(-2)?.choices[0]?.delta).toEqual({
      annotations: whole.choices[0]?.message.annotations,
    });
    expect(chunks.at(-1)?.choices[0]).toMatchObject({ delta: {}, finish_reason: 'stop' });
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
    expect(chunks.every((chunk) => chunk.usage === undefined)).toBe(true);
  });

  test('tells tokens in a last chunk when asked to', async () => {
    const whole = await docs.client.chat.completions.create(ask('What is an RMM?'));
    const chunks = await chunksOf(
      await docs.client.chat.completions.create({
        ...ask('What is an RMM?'),
        stream: true,
        stream_options: { include_usage: true },
      }),
    );
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: whole.usage });
    expect(chunks.slice(0, -1).every((chunk) => chunk.usage === null)).toBe(true);
  });

  test('is joined by the client’s own helper', async () => {
    const stream = docs.client.chat.completions.stream(ask('What is an RMM?'));
    const whole = await docs.client.chat.completions.create(ask('What is an RMM?'));
    expect((await stream.finalChatCompletion()).choices[0]?.message.content).toBe(
      whole.choices[0]?.message.content,
    );
  });

  test('ends when its reader leaves', async () => {
    let ended = () => {};
    const end = new Promise<void>((resolve) => {
      ended = resolve;
    });
    let reason: unknown;
    const answer: Answer = async function* (_request, { signal }) {
      try {
        yield { type: 'stage', stage: 'writing' };
        yield { type: 'delta', text: 'It goes ' };
        await new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      } catch (error) {
        reason = error;
      } finally {
        ended();
      }
    };
    const { client, close } = await serveApp({ answer });
    const stream = await client.chat.completions.create({ ...ask('On and on?'), stream: true });
    for await (const chunk of stream) if (textOf([chunk]) !== '') break;
    await end;
    await close();
    expect(reason).toBeDefined();
  });
});

test('a whole answer that nobody waits for ends too, and is no fault', async () => {
  let ended = () => {};
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const logged: string[] = [];
  const leaving = new AbortController();
  const answer: Answer = async function* (_request, { signal }) {
    yield { type: 'stage', stage: 'searching' };
    const left = new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    });
    leaving.abort();
    try {
      await left;
    } finally {
      ended();
    }
  };
  const log = { ...silentLog, error: (error: Error) => void logged.push(error.message) };
  const { client, close } = await serveApp({ answer, log });
  const asked = client.chat.completions.create(ask('Why?'), { signal: leaving.signal });
  await expect(asked).rejects.toThrow('aborted');
  await end;
  await close();
  expect(logged).toEqual([]);
});

describe('embeddings', () => {
  const texts = ['What is an RMM?', 'Der Kompass 🧭'];

  test('are the local model’s own, by base64 as the client asks for', async () => {
    const { data, model, usage } = await docs.client.embeddings.create({
      model: 'docent-embedding',
      input: texts,
    });
    expect(model).toBe(docs.embedder.id);
    expect(data.map(({ index }) => index)).toEqual([0, 1]);
    for (const [index, text] of texts.entries()) {
      expect(data[index]?.embedding).toEqual(Array.from(await docs.embedder.embedQuery(text)));
    }
    expect(usage.total_tokens).toBe(usage.prompt_tokens);
  });

  test('are the same as floats', async () => {
    const { data } = await docs.client.embeddings.create({
      model: docs.embedder.id,
      input: texts[0] ?? '',
      encoding_format: 'float',
      dimensions: docs.embedder.dimensions,
    });
    expect(data[0]?.embedding).toEqual(Array.from(await docs.embedder.embedQuery(texts[0] ?? '')));
  });

  test('of a passage are those of the docs’ side of a search', async () => {
    const { data } = await docs.client.embeddings.create({
      model: 'docent-embedding',
      input: [
        'passage: An RMM watches devices.',
        'query: An RMM watches devices.',
        'An RMM watches devices.',
      ],
    });
    const [passage] = await docs.embedder.embedPassages([
      { context: 'An RMM watches devices.', sentences: [] },
    ]);
    expect(data[0]?.embedding).toEqual(Array.from(passage?.vector ?? []));
    expect(data[1]?.embedding).toEqual(data[2]?.embedding);
    expect(data[0]?.embedding).not.toEqual(data[1]?.embedding);
  });

  test.each([
    ['token numbers', { input: [1, 2, 3] }, 'input[0]'],
    ['lists of token numbers', { input: [[1, 2], [3]] }, 'input[0]'],
    ['an empty text', { input: ['a', ''] }, 'input[1]'],
    ['no text at all', { input: [] }, 'input'],
    ['too many texts', { input: Array.from({ length: 257 }, () => 'a') }, 'input'],
    ['a text longer than the model reads', { input: ['a', 'word '.repeat(600)] }, 'input[1]'],
    ['another number of dimensions', { input: 'a', dimensions: 256 }, 'dimensions'],
  ])('%s are refused by name', async (_, body, param) => {
    const fault = await docs.client.embeddings
      .create({ model: 'docent-embedding', ...body })
      .catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(BadRequestError);
    expect(fault).toMatchObject({ param });
  });

  test('of a model that answers are not there', async () => {
    const fault = await docs.client.embeddings
      .create({ model: 'text-embedding-3-small', input: 'a' })
      .catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(NotFoundError);
    expect(String(fault)).toContain(docs.embedder.id);
  });
});
