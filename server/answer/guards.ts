import { type Guard, type GuardCase, guardText } from './guard-text.ts';
import { guardAntonyms } from './guards-antonyms.ts';
import { guardBinding } from './guards-binding.ts';
import { guardDeeds } from './guards-deeds.ts';
import { guardExchange } from './guards-exchange.ts';
import { guardExpansions } from './guards-expansions.ts';
import { guardModality } from './guards-modality.ts';
import { guardNames } from './guards-names.ts';
import { guardNumbers } from './guards-numbers.ts';
import { guardPolarity } from './guards-polarity.ts';
import { guardRoles, guardSubstance, guardTopic } from './guards-roles.ts';
import { guardSubstitution } from './guards-substitution.ts';

const GUARDS: readonly Guard[] = [
  guardSubstance,
  guardNumbers,
  guardExpansions,
  guardNames,
  guardTopic,
  guardRoles,
  guardPolarity,
  guardAntonyms,
  guardModality,
  guardBinding,
  guardDeeds,
  guardExchange,
  guardSubstitution,
];

/**
 * Looks for what in the claim goes beyond the evidence. `evidence` are the whole sentences that the ground
 * stands in, with their lead-ins; `context` are headings and title, where names may come from as well.
 * Answers with a reason for the reader, or undefined when nothing is wrong that words can tell. It can
 * object to a claim but never proves one.
 */
export function guard(
  claim: string,
  evidence: readonly string[],
  context: readonly string[] = [],
): string | undefined {
  const input: GuardCase = {
    claim: guardText(claim),
    evidence: guardText(...evidence),
    sentences: evidence.map((sentence) => guardText(sentence)),
    context: guardText(...context),
  };
  for (const object of GUARDS) {
    const reason = object(input);
    if (reason) return reason;
  }
  return undefined;
}
