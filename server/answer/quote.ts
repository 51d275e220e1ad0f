import { chooseQuotes } from '../../knowledge/quoted/choose-quotes.ts';
import type { Passage } from '../../knowledge/quoted/passage.ts';
import { scoreUnit } from '../../knowledge/quoted/score-block.ts';
import type { ChatEvent } from '../events.ts';
import { abstain } from './abstain.ts';
import { done, type Ground } from './answer.ts';
import { findDisagreements } from './disagree.ts';
import { type QuotedClaim, quoteAnswer } from './quote-answer.ts';
import { sourceOf } from './sources.ts';
import { tellDisagreements } from './tell-disagreements.ts';

/** Answers in the words of the docs alone: nothing is said that isn't in them. */
export async function* quote(ground: Ground): AsyncGenerator<ChatEvent> {
  const { found, decision, snapshot, clock } = ground;
  const quotes = chooseQuotes(found);
  clock.lap('quote');
  if (quotes.length === 0) {
    yield* abstain(ground);
    return;
  }
  const cited: readonly Passage[] = [...new Set(quotes.map(({ passage }) => passage))];
  const textOf = (passage: Passage) => quotes.find((each) => each.passage === passage)?.text;
  yield { type: 'stage', stage: 'reading', sections: found.passages.length };
  const sources = cited.map((passage, i) => sourceOf(passage, i + 1, textOf(passage)));
  yield { type: 'sources', sources };
  const claims: QuotedClaim[] = [];
  for (const part of quoteAnswer(quotes, ({ passage }) => cited.indexOf(passage) + 1)) {
    yield { type: 'delta', text: part.text };
    claims.push(...part.claims);
  }
  // What answers best first: who reads only some of the claims reads the right ones.
  const scored = claims.map(({ claim, unit }) => ({ claim, score: scoreUnit(found.search.question, unit) }));
  for (const { claim } of scored.sort((a, b) => b.score - a.score)) yield { type: 'claim', ...claim };
  // Looked for when the answer stands there, so that no word of it waits.
  const told = tellDisagreements(findDisagreements(found, quotes), sources);
  if (told.added.length > 0) yield { type: 'sources', sources: told.sources };
  for (const disagreement of told.disagreements) yield { type: 'disagreement', ...disagreement };
  const note = noteOf(ground);
  yield done({ mode: 'quoted', score: decision.score, ...(note !== undefined && { note }), snapshot, clock });
}

/** What a reader must know before trusting that this answers the question. */
export function noteOf({ decision: { verdict, missing } }: Ground): string | undefined {
  if (verdict !== 'near') return undefined;
  if (missing.length === 0) return 'The docs may not answer this exactly. This is what comes nearest.';
  return `The docs don’t mention ${missing.map((name) => `“${name}”`).join(' or ')} here. This is what comes nearest.`;
}
