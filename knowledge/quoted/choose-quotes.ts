import type { Question } from '../question.ts';
import { terms } from '../terms.ts';
import { definesSubject } from './answer-shape.ts';
import { cutQuote, type Quote } from './cut-quote.ts';
import type { Passage, PassageBlock } from './passage.ts';
import type { Retrieved } from './retrieve.ts';
import { isNavigation, scoreBlock } from './score-block.ts';

/** Words that a quoted answer may have, headings not counted; lists of steps and comparisons may have more. */
const WORDS = 130;
const MORE_WORDS = 190;
/** How far behind the best block another may be and still be quoted, in score. */
const CLOSE = 4;
const MOST_QUOTES = 4;

type Scored = {
  readonly passage: Passage;
  readonly block: PassageBlock;
  readonly index: number;
  readonly score: number;
};

/** The blocks that answer, cut to what a colleague would read out, in the order to be read. */
export function chooseQuotes({ search: { question, weights }, passages }: Retrieved): Quote[] {
  const best = passages[0];
  if (!best) return [];
  const scored = passages
    .flatMap((passage) =>
      passage.blocks.map((block, index) => ({
        passage,
        block,
        index,
        score: scoreBlock(question, block, { passage, index, best, weights }),
      })),
    )
    .filter(({ block }) => block.units.length > 0 && !isNavigation(block))
    .sort((a, b) => b.score - a.score);
  const first = leadersOf(question, scored);
  const enough =
    question.kind === 'comparison' && first.length > 1 && first.length >= question.subjects.length;
  const limit = question.kind === 'list' || question.kind === 'steps' || enough ? MORE_WORDS : WORDS;
  return inReadingOrder(fill(question, enough ? first : [...first, ...scored], first.length, limit));
}

/** Blocks that come first whatever their score: both sides of a comparison, the definition asked for. */
function leadersOf(question: Question, scored: readonly Scored[]): Scored[] {
  if (question.kind === 'comparison') return oneForEach(question.subjects, scored);
  const [subject] = question.subjects;
  if (question.kind !== 'definition' || subject === undefined) return [];
  const named = terms(subject);
  const opens = scored.filter(
    ({ passage, block, index }) =>
      index === 0 &&
      block.kind === 'paragraph' &&
      named.length > 0 &&
      isAbout(named, terms(passage.headings.at(-1) ?? passage.title)),
  );
  const defines = scored.find(({ block }) => block.units.some((unit) => definesSubject(subject, unit.text)));
  const leader = defines ?? opens[0];
  return leader ? [leader] : [];
}

/** The heading names the subject and hardly anything else. */
function isAbout(named: readonly string[], heading: readonly string[]): boolean {
  return named.every((term) => heading.includes(term)) && heading.length <= named.length + 2;
}

/** For a comparison: the block that holds both, then the one that tells what each is. */
function oneForEach(subjects: readonly string[], scored: readonly Scored[]): Scored[] {
  const words = subjects.map((subject) => terms(subject));
  const holds = ({ passage, block }: Scored, wanted: readonly string[]) => {
    const held = new Set(
      terms(`${passage.headings.join(' ')} ${block.units.map((unit) => unit.text).join(' ')}`),
    );
    return wanted.length > 0 && wanted.every((term) => held.has(term));
  };
  const both = scored.find((candidate) => words.every((wanted) => holds(candidate, wanted)));
  const each = subjects.flatMap((subject, i) => {
    const own = scored.filter((candidate) => candidate !== both && holds(candidate, words[i] ?? []));
    const defining = own.find(({ block }) => block.units.some((unit) => definesSubject(subject, unit.text)));
    return defining ?? own[0] ?? [];
  });
  return [...(both ? [both] : []), ...each];
}

/** Takes from the ranked blocks while there is room; the first `wanted` ones in any case. */
function fill(question: Question, ranked: readonly Scored[], wanted: number, limit: number): Quote[] {
  const top = Math.max(...ranked.map(({ score }) => score));
  const quotes: Quote[] = [];
  const taken = new Set<PassageBlock>();
  let words = 0;
  for (const [place, { passage, block, index, score }] of ranked.entries()) {
    const must = place < wanted;
    if (quotes.length >= MOST_QUOTES || (words >= limit * 0.75 && !must)) break;
    if (taken.has(block) || (quotes.length > 0 && !must && score < top - CLOSE)) continue;
    const quote = cutQuote(question, passage, index, must ? limit / Math.max(1, wanted) : limit - words);
    if (!quote || (quotes.length > 0 && words + quote.words > limit && !must)) continue;
    if (quotes.some((other) => sayTheSame(other, quote))) continue;
    for (const used of quote.blocks) taken.add(used);
    quotes.push(quote);
    words += quote.words;
  }
  return quotes;
}

function sayTheSame(a: Quote, b: Quote): boolean {
  const words = new Set(terms(a.text));
  const own = terms(b.text);
  return own.length > 0 && own.filter((term) => words.has(term)).length / own.length > 0.85;
}

/** Sections in the order of their first quote, quotes of one section in the order of the text. */
function inReadingOrder(quotes: readonly Quote[]): Quote[] {
  const sections = [...new Set(quotes.map((quote) => quote.passage))];
  return sections.flatMap((passage) =>
    quotes.filter((quote) => quote.passage === passage).sort((a, b) => a.start - b.start),
  );
}
