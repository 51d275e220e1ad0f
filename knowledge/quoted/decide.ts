import { confidenceOf, signalsOf } from './confidence.ts';
import { holdsName } from './holds-name.ts';
import type { Retrieved } from './retrieve.ts';

/** What to do with a question: answer it, show what comes near it, or say that the docs don't answer. */
export type Decision = {
  readonly verdict: 'answer' | 'near' | 'abstain';
  /** 0..1, how surely the docs answer this. */
  readonly score: number;
  /** Names and numbers of the question that stand nowhere in the best sections. */
  readonly missing: readonly string[];
};

/** Below: abstain. Over both halves of the sets this keeps silent on 98% of foreign questions and loses 4% of answers. */
const ABSTAIN = 0.17;
/** Below: what is found is shown as near, not as the answer. */
const NEAR = 0.38;

/** Decides by how surely the sections found answer, and whether they are about what was named. */
export function decide(found: Retrieved): Decision {
  const missing = missingNames(found);
  const score = confidenceOf(signalsOf(found, missing));
  if (score < ABSTAIN || found.passages.length === 0) return { verdict: 'abstain', score, missing };
  return { verdict: score < NEAR || missing.length > 0 ? 'near' : 'answer', score, missing };
}

/** Names and numbers of the question that stand neither in the three best sections nor in their headings. */
export function missingNames({ search: { question }, passages }: Retrieved): string[] {
  const held = passages
    .slice(0, 3)
    .map(
      (passage) =>
        `${passage.path} ${passage.title} ${passage.headings.join(' ')} ${passage.chunks.map((chunk) => chunk.text).join(' ')}`,
    )
    .join(' ');
  return question.names.filter((name) => !holdsName(held, name));
}
