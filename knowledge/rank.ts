import type { ChunkTerms } from './chunk-terms.ts';
import { dot } from './dot.ts';
import type { Question } from './question.ts';
import type { Candidate } from './search.ts';
import type { Snapshot, StoredChunk } from './snapshot.ts';

/** A question with its vectors. */
export type Asked = {
  readonly question: Question;
  readonly vector: Float32Array;
  /** `vector` less half of what all questions have in common; not of unit length. */
  readonly specific: Float32Array;
};

/** A sentence of a candidate with its likeness to the question. */
export type RankedSentence = {
  /** Index into the chunk's sentences. */
  readonly index: number;
  /** Cosine of the late-pooled vector. */
  readonly cosine: number;
  /** Likeness to `Asked.specific`: not drawn to sentences that are near to every question. */
  readonly specific: number;
  /** Share of the question's IDF weight in the sentence alone. */
  readonly share: number;
};

export type RankedChunk = {
  readonly chunk: StoredChunk;
  /** Higher is better; comparable within one question only. */
  readonly score: number;
  readonly features: Features;
  readonly sentences: readonly RankedSentence[];
};

/**
 * What is known of a candidate. Likeness: of the best sentence with the question, and of both it and the chunk
 * with what is specific to the question. Words: BM25 as a share of the best one's, and the share of the question's
 * IDF weight in body, context (title and headings), both, and the best single sentence; how much of the
 * heading the question names. `sentences`: their number, 10 counting as 1.
 */
export type Features = {
  readonly specific: number;
  readonly bestSentence: number;
  readonly bestSpecific: number;
  readonly bm25: number;
  readonly bodyShare: number;
  readonly contextShare: number;
  readonly share: number;
  readonly sentenceShare: number;
  readonly headingPrecision: number;
  readonly sentences: number;
};

/**
 * Conditional logit over the candidates of each question, fitted to the section that answers it on
 * `squad-dev`, `handbook-dev` and the golden set. Products with what is known of the question (rarity
 * of its words, agreement of the lists) didn't help in cross-validation.
 */
const WEIGHTS: Features = {
  specific: 68.6,
  bestSentence: 1.7,
  bestSpecific: 52.8,
  bm25: 1.2,
  bodyShare: -1.6,
  contextShare: 0.8,
  share: 2.5,
  sentenceShare: 2.4,
  headingPrecision: 0.2,
  sentences: 0.9,
};

/** IDF of each term of a question over the chunks of the index. */
export type TermWeights = {
  readonly weights: ReadonlyMap<string, number>;
  readonly total: number;
};

/** Robertson-Sparck Jones IDF, floored at 0.05 so that a term in every chunk still counts a little. */
export function weighTerms(
  question: Question,
  snapshot: Pick<Snapshot, 'chunkCount' | 'chunksWith'>,
): TermWeights {
  const n = Math.max(1, snapshot.chunkCount);
  const weights = new Map<string, number>();
  let total = 0;
  for (const term of question.terms) {
    const df = Math.min(n, snapshot.chunksWith(term));
    const weight = Math.max(0.05, Math.log(1 + (n - df + 0.5) / (df + 0.5)));
    weights.set(term, weight);
    total += weight;
  }
  return { weights, total: Math.max(total, 1e-6) };
}

/** Share of the question's weight that the given terms hold, 0..1. */
export function shareOf(held: ReadonlySet<string>, { weights, total }: TermWeights): number {
  let sum = 0;
  for (const [term, weight] of weights) if (held.has(term)) sum += weight;
  return sum / total;
}

/** Candidates by the linear score of their features, best first. */
export function rankChunks(
  asked: Asked,
  candidates: readonly Candidate[],
  weights: TermWeights,
): RankedChunk[] {
  const topBm25 = Math.max(1e-6, ...candidates.map((candidate) => candidate.bm25));
  return candidates
    .map(({ chunk, bm25 }) => {
      const shares = sharesOf(chunk.terms, weights);
      const sentences = likenessOf(chunk, asked, shares.sentences);
      const features: Features = {
        specific: dot(asked.specific, chunk.vector),
        bestSentence: Math.max(-1, ...sentences.map((sentence) => sentence.cosine)),
        bestSpecific: Math.max(-1, ...sentences.map((sentence) => sentence.specific)),
        bm25: bm25 / topBm25,
        bodyShare: shares.body,
        contextShare: shares.context,
        share: shares.either,
        sentenceShare: Math.max(0, ...shares.sentences),
        headingPrecision: headingPrecision(chunk.terms, weights),
        sentences: Math.min(1, sentences.length / 10),
      };
      return { chunk, score: scoreOf(features), features, sentences };
    })
    .sort((a, b) => b.score - a.score);
}

/** Likeness of each of a chunk's sentences to the question. */
export function rankSentences(
  chunk: Pick<StoredChunk, 'terms' | 'sentenceVectors'>,
  asked: Asked,
  weights: TermWeights,
): RankedSentence[] {
  return likenessOf(chunk, asked, sharesOf(chunk.terms, weights).sentences);
}

function likenessOf(
  { sentenceVectors }: Pick<StoredChunk, 'sentenceVectors'>,
  { vector, specific }: Asked,
  shares: readonly number[],
): RankedSentence[] {
  return shares.map((share, index) => {
    const own = sentenceVectors[index];
    return {
      index,
      cosine: own ? dot(vector, own) / 127 : 0,
      specific: own ? dot(specific, own) / 127 : -1,
      share,
    };
  });
}

function headingPrecision({ heading }: ChunkTerms, { weights }: TermWeights): number {
  const named = heading.trim().split(' ');
  return named.filter((term) => weights.has(term)).length / named.length;
}

/** The share of the question's weight that the texts of a chunk hold: each sentence, all, the context, either. */
function sharesOf({ sentences, context }: ChunkTerms, { weights, total }: TermWeights) {
  const shares = { sentences: sentences.map(() => 0), body: 0, context: 0, either: 0 };
  for (const [term, weight] of weights) {
    const word = ` ${term} `;
    const share = weight / total;
    let inBody = false;
    for (let at = 0; at < sentences.length; at++) {
      if (!sentences[at]?.includes(word)) continue;
      shares.sentences[at] = (shares.sentences[at] ?? 0) + share;
      inBody = true;
    }
    const inContext = context.includes(word);
    if (inBody) shares.body += share;
    if (inContext) shares.context += share;
    if (inBody || inContext) shares.either += share;
  }
  return shares;
}

function scoreOf(features: Features): number {
  return (
    WEIGHTS.specific * features.specific +
    WEIGHTS.bestSentence * features.bestSentence +
    WEIGHTS.bestSpecific * features.bestSpecific +
    WEIGHTS.bm25 * features.bm25 +
    WEIGHTS.bodyShare * features.bodyShare +
    WEIGHTS.contextShare * features.contextShare +
    WEIGHTS.share * features.share +
    WEIGHTS.sentenceShare * features.sentenceShare +
    WEIGHTS.headingPrecision * features.headingPrecision +
    WEIGHTS.sentences * features.sentences
  );
}
