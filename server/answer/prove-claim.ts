import { contextOf } from '../../knowledge/document.ts';
import { isStopWord } from '../../knowledge/terms.ts';
import type { Citation } from '../events.ts';
import { guardText } from './guard-text.ts';
import { guard } from './guards.ts';
import { isName } from './guards-names.ts';
import { isNegator } from './guards-polarity.ts';
import type { Match, MatchedPassage, QuoteMatcher } from './match-quote.ts';
import { joinUnits, leadInsOf, type Unit } from './quote-units.ts';
import type { SplitClaim } from './split-claims.ts';

/** Words that a checker names as its ground; `n` may be missing or wrong. */
export type Ground = { readonly n?: number; readonly words: string };

export type Proof =
  | { readonly proven: true; readonly citations: readonly Citation[] }
  | { readonly proven: false; readonly reason: string; readonly citations: readonly Citation[] };

export type Prover = {
  /** The claim as a quotation: its words stand in the docs, and what leads in to them agrees. */
  quoted(claim: SplitClaim): Citation | undefined;
  /** Whether the grounds stand in the docs and no guard objects. Grounds that don't stand there count for nothing. */
  prove(claim: SplitClaim, grounds: readonly Ground[]): Proof;
};

const PRONOUN =
  /^\W*(?:it|its|they|their|them|this|that|these|those|he|she|his|her|such|here|there|then|both|doing|the (?:first|second|latter|former))\b/i;
const WE = /\b(?:we|our|us)\b/i;

/** Proves claims by the words of the passages. Pure. */
export function makeProver(matcher: QuoteMatcher): Prover {
  const house = houseName(matcher.passages);
  const sectionOf = (passage: MatchedPassage): Unit[] => {
    const { path, section } = passage.evidence.chunk;
    const same = matcher.passages
      .map(({ evidence: { chunk }, units }) => ({ chunk, units }))
      .filter(({ chunk }) => chunk.path === path && chunk.section === section);
    return joinUnits(same.sort((one, other) => one.chunk.start - other.chunk.start));
  };
  const unitsIn = ({ passage, first, last }: Match): Unit[] => passage.units.slice(first, last + 1);
  const leadInsIn = (match: Match): Unit[] => {
    const section = sectionOf(match.passage);
    return unitsIn(match).flatMap(({ start }) => leadInsOf(section, start));
  };

  /** What the guards read for a ground: its whole sentences with their lead-ins, and names around them. */
  const readingOf = (match: Match): { evidence: string[]; context: string[] } => {
    const units = unitsIn(match);
    const evidence = [...new Set([...leadInsIn(match), ...units].map(({ text }) => text))];
    const before = match.passage.units[match.first - 1];
    return {
      evidence,
      context: [
        contextOf(match.passage.evidence.chunk),
        ...(before && PRONOUN.test(units[0]?.text ?? '') ? [before.text] : []),
        ...(house && (WE.test(evidence.join(' ')) || !guardText(...evidence).tokens.some(isName))
          ? [house]
          : []),
      ],
    };
  };

  return {
    quoted(claim) {
      const match = matcher.quote(claim.text, claim.cited);
      if (!match) return undefined;
      const leadIns = leadInsIn(match).filter(({ kind }) => kind !== 'header');
      const source = leadIns.map(({ text }) => text).join(' ');
      return leadIns.length > 0 && isNegative(source) !== isNegative(claim.leadIn ?? '')
        ? undefined
        : match.citation;
    },
    prove(claim, grounds) {
      const matches = grounds.flatMap(
        ({ n, words }) => matcher.find(words, n === undefined ? [] : [n]) ?? [],
      );
      const citations = distinct(matches.map(({ citation }) => citation));
      if (matches.length === 0) {
        return { proven: false, reason: 'No words of the docs could be named that say this.', citations };
      }
      if (matches.some(isOrphan)) {
        return { proven: false, reason: 'What leads in to the cited list isn’t at hand.', citations };
      }
      const readings = matches.map(readingOf);
      const text = claim.leadIn ? `${claim.leadIn} ${claim.text}` : claim.text;
      const reason = guard(
        text,
        [...new Set(readings.flatMap(({ evidence }) => evidence))],
        [...new Set(readings.flatMap(({ context }) => context))],
      );
      return reason ? { proven: false, reason, citations } : { proven: true, citations };
    },
  };

  /** An item of a list whose beginning, and lead-in, is in a chunk that isn't among the passages. */
  function isOrphan(match: Match): boolean {
    const { chunk } = match.passage.evidence;
    return unitsIn(match).some(
      ({ block, kind }) =>
        kind !== 'sentence' &&
        kind !== 'code' &&
        chunk.blocks[block]?.continued === true &&
        !matcher.passages.some(
          ({ evidence: { chunk: other } }) =>
            other.path === chunk.path && other.section === chunk.section && other.start < chunk.start,
        ),
    );
  }
}

function isNegative(text: string): boolean {
  return guardText(text).tokens.some(isNegator);
}

function distinct(citations: readonly Citation[]): Citation[] {
  return citations.filter(
    ({ n, start, end }, at) =>
      citations.findIndex((other) => other.n === n && other.start === start && other.end === end) === at,
  );
}

/** The name that the passages speak of most: whom "we" means. */
function houseName(passages: readonly MatchedPassage[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { units } of passages) {
    for (const { text } of units) {
      for (const [name] of text.matchAll(/(?<=[\p{L},] )\p{Lu}[\p{L}\p{N}]+/gu)) {
        if (!isStopWord(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
      }
    }
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return best && best[1] > 1 ? best[0] : undefined;
}
