import type { Embedder } from './embedder.ts';
import { genericQuestion } from './generic-question.ts';
import { readQuestion } from './question.ts';
import { type Asked, type RankedChunk, rankChunks } from './rank.ts';
import type { ScoredChunk, Snapshot, StoredChunk } from './snapshot.ts';

/** How many hits each list brings. */
const LIST_LENGTH = 50;

/** A chunk that vector or text search brought. `cosine` is always set; `bm25` is 0 where BM25 didn't find it. */
export type Candidate = { readonly chunk: StoredChunk; readonly cosine: number; readonly bm25: number };

/** `ranked` is best first. */
export type SearchResult = Asked & { readonly ranked: readonly RankedChunk[] };

/** Hybrid search: vector and BM25 lists side by side, joined, then ranked by `rankChunks`. */
export async function search(
  text: string,
  { snapshot, embedder, signal }: { snapshot: Snapshot; embedder: Embedder; signal?: AbortSignal },
): Promise<SearchResult> {
  const question = readQuestion(text);
  const textHits = snapshot.searchText(question.text, LIST_LENGTH);
  // Awaited below; a failure of the embedder meanwhile must not leave this one unhandled.
  textHits.catch(() => undefined);
  const [vector, generic] = await Promise.all([
    embedder.embedQuery(question.text, signal),
    genericQuestion(embedder),
  ]);
  const specific = vector.map((value, i) => value - (generic[i] ?? 0) / 2);
  const [byVector, byText] = await Promise.all([snapshot.searchVector(vector, LIST_LENGTH), textHits]);
  const asked = { question, vector, specific };
  return { ...asked, ranked: rankChunks(asked, join(byVector, byText, vector), snapshot) };
}

function join(
  byVector: readonly ScoredChunk[],
  byText: readonly ScoredChunk[],
  vector: Float32Array,
): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const { chunk, score } of byVector) found.set(chunk.id, { chunk, cosine: score, bm25: 0 });
  for (const { chunk, score } of byText) {
    const seen = found.get(chunk.id);
    found.set(chunk.id, { chunk, cosine: seen?.cosine ?? dot(vector, chunk.vector), bm25: score });
  }
  return [...found.values()];
}

/** Inner product of two vectors of the same length. */
export function dot(a: Float32Array | Int8Array, b: Float32Array | Int8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
