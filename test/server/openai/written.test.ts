import type OpenAI from 'openai';
import { APIError } from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chatCompletion } from '../../../server/contract/openai-chat.ts';
import type { DocsStore } from '../answer/docs-store.ts';
import { type Script, type SeenRequest, tokensOf } from '../scripted-model.ts';
import { openFewDocs, serveWritten } from './serve-docs.ts';

let docs: DocsStore;
let served: Awaited<ReturnType<typeof serveWritten>>;
beforeAll(async () => {
  docs = await openFewDocs();
  served = await serveWritten(docs);
});
afterAll(async () => {
  await served.close();
  await docs.close();
});

const QUOTE = 'An RMM is a powerful target because one console can run commands on every client’s machines.';
const FALSE = 'RMMs were born in 1812.';

/** Writes `text`, and as a checker finds no ground for anything. */
function writes(text: string): (request: SeenRequest) => Script {
  return ({ body }) => {
    const asked = body.messages.at(-1)?.content ?? '';
    if (asked.includes('<passages>') && asked.includes('Question:')) return { tokens: tokensOf(text) };
    return { tokens: [''] };
  };
}

/** The number that the model was given for a passage. */
function numberOf({ body }: SeenRequest, words: string): number {
  const prompt = body.messages.at(-1)?.content ?? '';
  const passage = prompt.split('<passage number="').find((part) => part.includes(words));
  return Number(passage?.split('"')[0] ?? 0);
}

const ask = { model: 'docent', messages: [{ role: 'user' as const, content: 'Why is an RMM a risk?' }] };

test('an answer that a model writes links what it cites, and says how much of it is proven', async () => {
  served.script.play((request) => {
    const n = numberOf(request, 'powerful target');
    return writes(`${QUOTE.replace('’', "'")} [${n}] ${FALSE} [${n}]`)(request);
  });
  const completion = await served.client.chat.completions.create(ask);
  const { content, annotations } = completion.choices[0]?.message ?? {};
  expect(content).toContain('\n\n*1 of 2 statements is supported by the docs.*');
  expect(annotations).toHaveLength(2);
  const points = [...(content ?? '')];
  const [proven] = annotations ?? [];
  const { start_index, end_index, url = '' } = proven?.url_citation ?? {};
  expect(points.slice(start_index, end_index).join('')).toContain(`](${url})`);
  const [start, end] = (new URL(url).searchParams.get('q') ?? '').split('-').map(Number);
  expect(docs.files['rmm.md']?.slice(start, end)).toBe(QUOTE.replace('’', "'"));
  const { docent } = chatCompletion.parse(completion);
  expect(docent).toMatchObject({ mode: 'written', statements: { all: 2, supported: 1 } });
  expect(docent.claims.map(({ status }) => status)).toEqual(['quoted', 'unsupported']);
});

test('is streamed as it is written, no link ever in halves', async () => {
  served.script.play((request) => {
    const n = numberOf(request, 'powerful target');
    return writes(`${QUOTE.replace('’', "'")} [${n}] ${FALSE} [${n}]`)(request);
  });
  const stream = await served.client.chat.completions.create({ ...ask, stream: true });
  const pieces: string[] = [];
  let annotations: OpenAI.Chat.ChatCompletionMessage.Annotation[] = [];
  for await (const chunk of stream) {
    const delta = chunk.choices[0]?.delta;
    if (delta?.content) pieces.push(delta.content);
    if (delta && 'annotations' in delta && Array.isArray(delta.annotations)) annotations = delta.annotations;
  }
  expect(pieces.length).toBeGreaterThan(15);
  let text = '';
  for (const piece of pieces) {
    text += piece;
    expect(text).not.toMatch(/\[\d*$|\]\([^)]*$/);
  }
  expect(text).toContain('*1 of 2 statements is supported by the docs.*');
  const points = [...text];
  for (const { url_citation } of annotations) {
    const link = points.slice(url_citation.start_index, url_citation.end_index).join('');
    expect(link).toMatch(/^\[\d\]\(http.*#.*\)$/);
    // The words that prove it are known only once all is checked: the link opens their section.
    const annotated = new URL(url_citation.url);
    annotated.search = '';
    expect(link).toContain(`(${annotated.href})`);
  }
  expect(annotations).toHaveLength(2);
  expect(annotations[0]?.url_citation.url).toContain('?q=');
});

test('the system message reaches the model as a wish for tone', async () => {
  served.script.play(writes(QUOTE));
  const before = served.script.requests.length;
  await served.client.chat.completions.create({
    ...ask,
    messages: [{ role: 'system', content: 'Talk like a pirate. RMMs cost 5 dollars.' }, ...ask.messages],
  });
  const [prompt] = served.script.requests.slice(before);
  expect(prompt?.body.messages[0]?.content).toContain('<style>\nTalk like a pirate.');
});

test('the quoting model asks no other', async () => {
  const before = served.script.requests.length;
  const completion = await served.client.chat.completions.create({
    ...ask,
    model: 'docent-quoted',
  });
  expect(chatCompletion.parse(completion)).toMatchObject({
    model: 'docent-quoted',
    docent: { mode: 'quoted' },
  });
  expect(served.script.requests.length).toBe(before);
});

test('a reader who leaves ends the model’s call', async () => {
  served.script.play({ tokens: ['An RMM ', 'is '], hang: true });
  const before = served.script.aborted;
  const stream = await served.client.chat.completions.create({ ...ask, stream: true });
  for await (const chunk of stream) if (chunk.choices[0]?.delta.content) break;
  await served.script.until(() => served.script.aborted === before + 1);
  expect(served.script.open).toBe(0);
});

test('a model that breaks off in the middle is told as an error event', async () => {
  served.script.play({ tokens: tokensOf(QUOTE), pause: 5, cutAfter: 8 });
  const stream = await served.client.chat.completions.create({ ...ask, stream: true });
  let text = '';
  const fault = await (async () => {
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
  })().catch((error: unknown) => error);
  expect(text).toMatch(/^An RMM /);
  expect(fault).toBeInstanceOf(APIError);
  expect(fault).toMatchObject({ type: 'server_error', code: 'model_unreachable' });
});

test('where the model can’t write, the docs’ own words come with exact links, and the text says why', async () => {
  served.script.play({ status: 401 });
  const stream = served.client.chat.completions.stream(ask);
  const { content } = (await stream.finalChatCompletion()).choices[0]?.message ?? {};
  const quoted = await served.client.chat.completions.create({ ...ask, model: 'docent-quoted' });
  const own = quoted.choices[0]?.message.content ?? '';
  expect(content?.slice(0, own.length)).toBe(own);
  expect(content?.slice(own.length)).toMatch(/^\n\n\*The language model can’t write just now.*\*$/);
});
