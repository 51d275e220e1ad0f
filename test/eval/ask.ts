import type { Embedder } from '../../knowledge/embedder.ts';
import { type Retrieved, retrieve } from '../../knowledge/quoted/retrieve.ts';
import type { Snapshot, StoreReader } from '../../knowledge/snapshot.ts';
import { makeAnswer } from '../../server/answer/answer.ts';
import { standaloneByRule } from '../../server/answer/standalone-question.ts';
import type { AnswerMode, Citation, Disagreement, Source } from '../../server/events.ts';
import type { EvalQuestion } from './corpora.ts';

/** What a question brought: places of the right section (from 0; Infinity if absent) and the quoted answer. */
export type Asked = {
  readonly question: EvalQuestion;
  readonly ranks: Readonly<Record<'docent' | 'fused' | 'vector' | 'bm25', number>>;
  readonly mode: AnswerMode;
  readonly score: number;
  readonly text: string;
  /** Sentences quoted, those that answer first. */
  readonly quotes: readonly string[];
  readonly sources: readonly Source[];
  readonly words: number;
  readonly disagreements: readonly Disagreement[];
  readonly found: Retrieved;
  readonly timings: Readonly<Record<string, number>>;
};

/** Asks one question as a reader would, and searches for it by the yardsticks too. */
export async function ask(question: EvalQuestion, store: StoreReader, embedder: Embedder): Promise<Asked> {
  const messages = [...(question.history ?? []), { role: 'user' as const, content: question.question }];
  const snapshot = await store.current();
  const standalone = standaloneByRule(messages);
  const found = await retrieve(standalone, { snapshot, embedder });
  const gold = new Set(
    [question, ...(question.also ?? [])].map(({ path, anchor }) => `${path ?? ''}#${anchor ?? ''}`),
  );
  let text = '';
  let done = { mode: 'abstained' as AnswerMode, score: 0, timings: {} as Readonly<Record<string, number>> };
  let sources: readonly Source[] = [];
  const citations: Citation[] = [];
  const disagreements: Disagreement[] = [];
  const { signal } = new AbortController();
  for await (const event of makeAnswer({ store, embedder })({ messages }, { signal })) {
    if (event.type === 'delta') text += event.text;
    if (event.type === 'sources') sources = event.sources;
    if (event.type === 'claim') citations.push(...event.citations);
    if (event.type === 'disagreement') disagreements.push(event);
    if (event.type === 'done') done = event;
  }
  return {
    question,
    ranks: {
      docent: rankOf(
        found.passages.map((passage) => passage),
        gold,
      ),
      ...(await yardsticks(standalone, snapshot, embedder, gold)),
    },
    mode: done.mode,
    score: done.score,
    timings: done.timings,
    text,
    quotes: citations.map((citation) => citation.quote),
    sources,
    words: citations.reduce((sum, citation) => sum + citation.quote.split(/\s+/).length, 0),
    disagreements,
    found,
  };
}

type Place = { readonly path: string; readonly anchor: string };

/** Place of the first right section, each section counted once. */
function rankOf(places: readonly Place[], gold: ReadonlySet<string>): number {
  const rank = [...new Set(places.map(({ path, anchor }) => `${path}#${anchor}`))].findIndex((place) =>
    gold.has(place),
  );
  return rank < 0 ? Number.POSITIVE_INFINITY : rank;
}

/** Plain vector search, plain BM25, and both fused by reciprocal rank (k = 60), without anything of ours. */
async function yardsticks(
  question: string,
  snapshot: Snapshot,
  embedder: Embedder,
  gold: ReadonlySet<string>,
) {
  const vectorHits = await snapshot.searchVector(await embedder.embedQuery(question), 50);
  const textHits = await snapshot.searchText(question, 50);
  const fused = new Map<string, { chunk: Place; score: number }>();
  for (const list of [vectorHits, textHits]) {
    list.forEach(({ chunk }, rank) => {
      const score = (fused.get(chunk.id)?.score ?? 0) + 1 / (60 + rank);
      fused.set(chunk.id, { chunk, score });
    });
  }
  const places = (hits: readonly { chunk: Place }[]) =>
    rankOf(
      hits.map(({ chunk }) => chunk),
      gold,
    );
  return {
    vector: places(vectorHits),
    bm25: places(textHits),
    fused: places([...fused.values()].sort((a, b) => b.score - a.score)),
  };
}

/** Text without Markdown's marks, case and spacing, for looking for the words that an answer must hold. */
export function bare(text: string): string {
  return text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[’‘]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[*_`\\]/g, '')
    .replace(/\s+/g, ' ')
    .toLowerCase();
}

/** Whether the quoted answer holds what a right answer must hold. */
export function isRight({ question, text, quotes }: Asked): boolean {
  const said = bare(`${text} ${quotes.join(' ')}`);
  if (question.answers) return question.answers.some((answer) => said.includes(bare(answer)));
  return (question.must ?? []).every((must) => said.includes(bare(must)));
}
