import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MODEL_DIR } from '../../knowledge/configured-embedder.ts';
import { fingerprintOf } from '../../knowledge/fingerprint.ts';
import { makeLocalEmbedder } from '../../knowledge/local-embedder.ts';
import { openStoreReader } from '../../knowledge/store-reader.ts';
import type { ChatMessage } from '../../server/events.ts';
import { type EvalQuestion, readQuestions } from '../eval/corpora.ts';
import { startScriptedModel, tokensOf } from '../server/scripted-model.ts';
import { spawnMain } from '../server/spawn-main.ts';
import { askOverHttp, firstTokenOf } from './ask-over-http.ts';
import { type Figure, spread, timed } from './figures.ts';

/** Milliseconds between the scripted model's tokens: a fast model. */
const TOKEN_MS = 5;
const WRITTEN = 20;
const WARM_UP = 10;

/**
 * Times of answers by the real server over docs/, asked over loopback: quoted ones over the golden
 * questions, beside plain vector and plain text search over the same index, and written ones by a
 * scripted model beside that model asked directly. Each question is measured all ways before the next.
 */
export async function benchAnswer(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'docent-bench-'));
  const settings = { DOCS_DIR: 'docs', STORE_URI: join(folder, 'store') };
  const model = await startScriptedModel({
    tokens: tokensOf(
      'An MSP looks after the computers of other companies for a fee [1]. It does so from afar [1].',
    ),
    pause: TOKEN_MS,
  });
  const servers = [spawnMain(settings)];
  try {
    const questions = readQuestions('test/eval/golden.jsonl');
    const quoted = await benchQuoted((await servers[0]?.url) ?? '', settings.STORE_URI, questions);
    const writing = spawnMain({ ...settings, CHAT_MODEL: 'openai:scripted', OPENAI_BASE_URL: model.baseUrl });
    servers.push(writing);
    const written = await benchWritten(await writing.url, model.baseUrl, questions);
    return [...quoted, ...written];
  } finally {
    for (const { child } of servers) child.kill('SIGTERM');
    await Promise.all(servers.map(({ ended }) => ended));
    await model.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchQuoted(url: string, uri: string, questions: readonly EvalQuestion[]): Promise<Figure[]> {
  const embedder = await makeLocalEmbedder({ modelDir: MODEL_DIR });
  const expected = fingerprintOf(embedder);
  const store = openStoreReader({ uri, expected });
  const snapshot = await store.current();
  const times = { first: [], total: [], search: [], quote: [], embed: [], vector: [], text: [] } as Record<
    'first' | 'total' | 'search' | 'quote' | 'embed' | 'vector' | 'text',
    number[]
  >;
  for (const [index, question] of [...questions.slice(0, WARM_UP), ...questions].entries()) {
    const asked = await askOverHttp(url, messagesOf(question));
    const [embed, vector] = await timed(() => embedder.embedQuery(question.question));
    const [byVector] = await timed(() => snapshot.searchVector(vector, 10));
    const [byText] = await timed(() => snapshot.searchText(question.question, 10));
    if (index < WARM_UP || asked.done?.mode !== 'quoted') continue;
    times.first.push(asked.firstDelta);
    times.total.push(asked.total);
    times.search.push(asked.done.timings.search ?? Number.NaN);
    times.quote.push(asked.done.timings.quote ?? Number.NaN);
    times.embed.push(embed);
    times.vector.push(embed + byVector);
    times.text.push(byText);
  }
  await store.close();
  await embedder.close();
  const beside = { 'vector search with embedding': times.vector, BM25: times.text };
  return [
    { name: 'golden questions that were quoted', value: times.first.length, unit: `of ${questions.length}` },
    ...spread('first words of a quoted answer, over HTTP', 'ms', times.first, { most: 150 }),
    ...spread('whole quoted answer, over HTTP', 'ms', times.total),
    ...spread('search in it', 'ms', times.search, { beside: { ...beside, 'embedding alone': times.embed } }),
    ...spread('quoting in it', 'ms', times.quote),
  ];
}

async function benchWritten(
  url: string,
  modelUrl: string,
  questions: readonly EvalQuestion[],
): Promise<Figure[]> {
  const [docent, direct, added] = [[], [], []] as [number[], number[], number[]];
  const chosen = questions.filter(({ answerable, history }) => answerable && !history).slice(0, WRITTEN + 3);
  for (const [index, { question }] of chosen.entries()) {
    const asked = await askOverHttp(url, [{ role: 'user', content: question }]);
    const bare = await firstTokenOf(modelUrl, 'scripted', question);
    if (index < 3 || asked.done?.mode !== 'written') continue;
    docent.push(asked.firstDelta);
    direct.push(bare);
    added.push(asked.firstDelta - bare);
  }
  const beside = { 'through Docent': docent, 'the model alone': direct };
  return [
    { name: 'written answers measured', value: added.length, unit: `(a token each ${TOKEN_MS} ms)` },
    ...spread('added to the first words of a written answer', 'ms', added, { beside }),
  ];
}

function messagesOf({ question, history = [] }: EvalQuestion): ChatMessage[] {
  return [...history, { role: 'user', content: question }];
}
