import type { Retrieved } from './retrieve.ts';

/** What to do with a question: answer it, show what comes near it, or say that the docs don't answer. */
export type Decision = {
  readonly verdict: 'answer' | 'near' | 'abstain';
  /** 0..1, how surely the docs answer this. */
  readonly score: number;
  /** Names and numbers of the question that stand nowhere in the best sections. */
  readonly missing: readonly string[];
};

/** Below: abstain. */
const ABSTAIN = 0.35;
/** Below: what is found is shown as near, not as the answer. */
const NEAR = 0.5;

/** Decides from what the search found; see `confidence`. */
export function decide(found: Retrieved): Decision {
  const score = confidence(found);
  const missing = missingNames(found);
  if (score < ABSTAIN || found.passages.length === 0) return { verdict: 'abstain', score, missing };
  return { verdict: score < NEAR || missing.length > 0 ? 'near' : 'answer', score, missing };
}

/** Placeholder weights until fitted. */
export function confidence({ search: { ranked } }: Retrieved): number {
  const top = ranked[0]?.features;
  if (!top) return 0;
  const logit = 30 * (top.bestSentence - 0.8) + 3 * (top.share - 0.5);
  return 1 / (1 + Math.exp(-logit));
}

function missingNames({ search: { question }, passages }: Retrieved): string[] {
  const held = passages
    .slice(0, 3)
    .map(
      (passage) =>
        `${passage.path} ${passage.title} ${passage.headings.join(' ')} ${passage.chunks.map((chunk) => chunk.text).join(' ')}`,
    )
    .join(' ')
    .toLowerCase();
  return question.names.filter(
    (name) =>
      !held.includes(
        name
          .toLowerCase()
          .replace(/['’]s$/, '')
          .replace(/s$/, ''),
      ),
  );
}
