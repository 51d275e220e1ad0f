import { isContentsList } from './contents-list.ts';
import type { Embedder } from './embedder.ts';
import { embedQuestion } from './generic-question.ts';
import { readQuestion } from './question.ts';
import { type Asked, type RankedChunk, rankChunks, type TermWeights, weighTerms } from './rank.ts';
import type { ScoredChunk, Snapshot, StoredChunk } from './snapshot.ts';

/** How many hits each list brings. */
const LIST_LENGTH = 50;

/** A chunk that vector or text search brought; `bm25` is 0 where BM25 didn't find it. */
export type Candidate = { readonly chunk: StoredChunk; readonly bm25: number };

/** `ranked` is best first; `weights` are those of the question's terms. */
export type SearchResult = Asked & {
  readonly weights: TermWeights;
  readonly ranked: readonly RankedChunk[];
};

/** Hybrid search: vector and BM25 lists side by side, joined, then ranked by `rankChunks`. */
export async function search(
  text: string,
  { snapshot, embedder, signal }: { snapshot: Snapshot; embedder: Embedder; signal?: AbortSignal },
): Promise<SearchResult> {
  const question = readQuestion(text);
  const textHits = snapshot.searchText(question.text, LIST_LENGTH);
  // Awaited below; a failure of the embedder meanwhile must not leave this one unhandled.
  textHits.catch(() => undefined);
  const { vector, specific } = await embedQuestion(question.text, embedder, signal);
  const [byVector, byText] = await Promise.all([snapshot.searchVector(vector, LIST_LENGTH), textHits]);
  const asked = { question, vector, specific };
  const weights = weighTerms(question, snapshot);
  return { ...asked, weights, ranked: rankChunks(asked, join(byVector, byText), weights) };
}

function join(byVector: readonly ScoredChunk[], byText: readonly ScoredChunk[]): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const { chunk } of byVector) found.set(chunk.id, { chunk, bm25: 0 });
  for (const { chunk, score } of byText) found.set(chunk.id, { chunk, bm25: score });
  // It holds each word of what the document should say, and would seem to answer everything.
  return [...found.values()].filter(({ chunk }) => !isContentsList(chunk));
}
