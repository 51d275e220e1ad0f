import type { Embedder } from './embedder.ts';
import { type Question, readQuestion } from './question.ts';
import { type RankedChunk, rankChunks } from './rank.ts';
import type { Snapshot, StoredChunk } from './snapshot.ts';

/** How many hits each list brings; more than 40 added nothing to hit@5 on any of the evaluation sets. */
const LIST_LENGTH = 40;

/** A chunk that vector or text search brought. `cosine` is always set; `bm25` is 0 where BM25 didn't find it. */
export type Candidate = {
  readonly chunk: StoredChunk;
  readonly cosine: number;
  readonly bm25: number;
  /** Place in each list from 0; `LIST_LENGTH` where the list lacks it. */
  readonly vectorRank: number;
  readonly textRank: number;
};

export type SearchResult = {
  readonly question: Question;
  readonly vector: Float32Array;
  /** Best first. */
  readonly ranked: readonly RankedChunk[];
};

/** Hybrid search: vector and BM25 lists side by side, joined, then ranked by `rankChunks`. */
export async function search(
  text: string,
  deps: { snapshot: Snapshot; embedder: Embedder; signal?: AbortSignal },
): Promise<SearchResult> {
  const question = readQuestion(text);
  const wordsFound = deps.snapshot.searchText(question.text, LIST_LENGTH);
  wordsFound.catch(() => undefined);
  const vector = await deps.embedder.embedQuery(question.text, deps.signal);
  const [byVector, byText] = await Promise.all([deps.snapshot.searchVector(vector, LIST_LENGTH), wordsFound]);
  return {
    question,
    vector,
    ranked: rankChunks(question, vector, join(byVector, byText, vector), deps.snapshot),
  };
}

type Hits = readonly { readonly chunk: StoredChunk; readonly score: number }[];

function join(byVector: Hits, byText: Hits, vector: Float32Array): Candidate[] {
  const found = new Map<string, Candidate>();
  byVector.forEach(({ chunk, score }, vectorRank) => {
    found.set(chunk.id, { chunk, cosine: score, bm25: 0, vectorRank, textRank: LIST_LENGTH });
  });
  byText.forEach(({ chunk, score }, textRank) => {
    const seen = found.get(chunk.id);
    found.set(
      chunk.id,
      seen
        ? { ...seen, bm25: score, textRank }
        : { chunk, cosine: dot(vector, chunk.vector), bm25: score, vectorRank: LIST_LENGTH, textRank },
    );
  });
  return [...found.values()];
}

/** Inner product of two vectors of the same length. */
export function dot(a: Float32Array | Int8Array, b: Float32Array | Int8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
