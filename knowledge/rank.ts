import { contextOf } from './document.ts';
import type { Question } from './question.ts';
import { type Candidate, dot } from './search.ts';
import type { Snapshot, StoredChunk } from './snapshot.ts';
import { terms } from './terms.ts';

/** A sentence of a candidate with its likeness to the question. */
export type RankedSentence = {
  /** Index into the chunk's sentences. */
  readonly index: number;
  /** Cosine of the late-pooled vector. */
  readonly cosine: number;
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

/** What is known of a candidate; see `featuresOf`. */
export type Features = Readonly<Record<FeatureName, number>>;
export const FEATURE_NAMES = [
  'cosine',
  'bestSentence',
  'bm25',
  'bodyShare',
  'contextShare',
  'share',
  'sentenceShare',
  'headingPrecision',
  'vectorReciprocal',
  'textReciprocal',
  'rareBody',
  'rareCosine',
  'length',
] as const;
export type FeatureName = (typeof FEATURE_NAMES)[number];

/** IDF of each term of a question over the chunks of the index; weights add up to 1 in `share`. */
export type TermWeights = {
  readonly weights: ReadonlyMap<string, number>;
  readonly total: number;
  readonly rarity: number;
};

/** Robertson-Sparck Jones IDF, floored at 0.05 so that a term in every chunk still counts a little. */
export function weighTerms(
  question: Question,
  snapshot: Pick<Snapshot, 'chunkCount' | 'chunksWith'>,
): TermWeights {
  const n = Math.max(1, snapshot.chunkCount);
  const weights = new Map<string, number>();
  let total = 0;
  let top = 0;
  for (const term of question.terms) {
    const df = Math.min(n, snapshot.chunksWith(term));
    const weight = Math.max(0.05, Math.log(1 + (n - df + 0.5) / (df + 0.5)));
    weights.set(term, weight);
    total += weight;
    if (df > 0) top = Math.max(top, weight);
  }
  return { weights, total: Math.max(total, 1e-6), rarity: top / Math.log(1 + n + 0.5) };
}

/** Share of the question's weight that the given terms hold, 0..1. */
export function shareOf(held: ReadonlySet<string>, { weights, total }: TermWeights): number {
  let sum = 0;
  for (const [term, weight] of weights) if (held.has(term)) sum += weight;
  return sum / total;
}

/** Scores candidates by a linear model over `Features`. */
export function rankChunks(
  question: Question,
  vector: Float32Array,
  candidates: readonly Candidate[],
  snapshot: Pick<Snapshot, 'chunkCount' | 'chunksWith'>,
): RankedChunk[] {
  const weights = weighTerms(question, snapshot);
  const topBm25 = Math.max(1e-6, ...candidates.map((candidate) => candidate.bm25));
  return candidates
    .map((candidate) => {
      const sentences = rankSentences(candidate.chunk, vector, weights);
      const features = featuresOf(candidate, sentences, weights, topBm25);
      return { chunk: candidate.chunk, score: scoreOf(features), features, sentences };
    })
    .sort((a, b) => b.score - a.score);
}

export function rankSentences(
  chunk: StoredChunk,
  vector: Float32Array,
  weights: TermWeights,
): RankedSentence[] {
  return chunk.sentences.map((sentence, index) => {
    const sentenceVector = chunk.sentenceVectors[index];
    return {
      index,
      cosine: sentenceVector ? dot(vector, sentenceVector) / 127 : 0,
      share: shareOf(new Set(terms(sentence.text)), weights),
    };
  });
}

function featuresOf(
  { chunk, cosine, bm25, vectorRank, textRank }: Candidate,
  sentences: readonly RankedSentence[],
  weights: TermWeights,
  topBm25: number,
): Features {
  const body = new Set(chunk.sentences.flatMap((sentence) => terms(sentence.text)));
  const context = new Set(terms(contextOf(chunk)));
  const heading = terms(chunk.headings.at(-1) ?? chunk.title);
  const bodyShare = shareOf(body, weights);
  return {
    cosine,
    bestSentence: Math.max(0, ...sentences.map((sentence) => sentence.cosine)),
    bm25: bm25 / topBm25,
    bodyShare,
    contextShare: shareOf(context, weights),
    share: shareOf(new Set([...body, ...context]), weights),
    sentenceShare: Math.max(0, ...sentences.map((sentence) => sentence.share)),
    headingPrecision:
      heading.filter((term) => weights.weights.has(term)).length / Math.max(1, heading.length),
    vectorReciprocal: 1 / (10 + vectorRank),
    textReciprocal: 1 / (10 + textRank),
    rareBody: weights.rarity * bodyShare,
    rareCosine: weights.rarity * cosine,
    length: Math.min(1, chunk.text.length / 1_000),
  };
}

/** Weights fitted on the tuning halves of the evaluation sets (`test/eval`). */
const WEIGHTS: Features = {
  cosine: 1,
  bestSentence: 0,
  bm25: 0,
  bodyShare: 0,
  contextShare: 0,
  share: 0.15,
  sentenceShare: 0,
  headingPrecision: 0,
  vectorReciprocal: 0,
  textReciprocal: 0,
  rareBody: 0,
  rareCosine: 0,
  length: 0,
};

function scoreOf(features: Features): number {
  let score = 0;
  for (const name of FEATURE_NAMES) score += WEIGHTS[name] * features[name];
  return score;
}
