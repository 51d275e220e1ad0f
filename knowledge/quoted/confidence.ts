import { answersKind } from './answer-shape.ts';
import type { Unit } from './passage.ts';
import type { Retrieved } from './retrieve.ts';
import { scoreUnit } from './score-block.ts';

/** What tells a question that the docs answer from one that they don't; all about 0..1. */
export type Signals = {
  /** Cosine of the likeliest sentence in the five best sections. */
  readonly sentence: number;
  /** Likeliest sentence by cosine and words together. */
  readonly both: number;
  /** Share of the question's weight in the best section, in the best of five, in the best sentence. */
  readonly share: number;
  readonly shareOfFive: number;
  readonly sentenceShare: number;
  /** Lead of the best chunk over the tenth, in score. */
  readonly lead: number;
  /** A number, time, person … is asked for and the best sentences hold none. */
  readonly shapeless: number;
  /** Share of the question's own names and numbers that the best sections lack. */
  readonly namesMissing: number;
  readonly terms: number;
};

const TOP = 5;

/** Reads the signals off what was found. */
export function signalsOf(found: Retrieved, missingNames: readonly string[]): Signals {
  const { question, ranked } = found.search;
  const top = ranked[0]?.features;
  const units = found.passages
    .slice(0, TOP)
    .flatMap((passage) => passage.blocks.flatMap((block) => block.units));
  const best = units
    .map((unit) => ({ unit, score: scoreUnit(question, unit) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, 3);
  const most = (of: (unit: Unit) => number) => Math.max(0, ...units.map(of));
  const asksForShape = ['quantity', 'time', 'person', 'place', 'reason'].includes(question.kind);
  return {
    sentence: most((unit) => unit.cosine),
    both: most((unit) => unit.cosine + 0.15 * unit.share),
    share: top?.share ?? 0,
    shareOfFive: Math.max(0, ...ranked.slice(0, TOP).map(({ features }) => features.share)),
    sentenceShare: top?.sentenceShare ?? 0,
    lead: ((ranked[0]?.score ?? 0) - (ranked[9]?.score ?? 0)) / 10,
    shapeless: asksForShape && !best.some(({ unit }) => answersKind(question.kind, unit.text)) ? 1 : 0,
    namesMissing: question.names.length === 0 ? 0 : missingNames.length / question.names.length,
    terms: Math.min(1, question.terms.length / 8),
  };
}

/**
 * Logistic regression on the tuning halves of `handbook-dev`, `squad-dev` and the golden set, against near
 * misses and foreign questions. A probability-like 0..1 that the docs answer.
 */
export function confidenceOf(signals: Signals): number {
  const logit =
    14.2 * signals.sentence +
    8.9 * signals.both -
    0.7 * signals.share +
    0.55 * signals.shareOfFive +
    0.6 * signals.sentenceShare +
    0.5 * signals.lead -
    0.4 * signals.shapeless -
    1.5 * signals.namesMissing -
    0.4 * signals.terms -
    20.8;
  return 1 / (1 + Math.exp(-logit));
}
