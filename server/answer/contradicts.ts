import { type GuardCase, type GuardText, guardText, type Token } from './guard-text.ts';
import { guardAntonyms } from './guards-antonyms.ts';
import { isName } from './guards-names.ts';
import { guardNumbers } from './guards-numbers.ts';
import { guardPolarity, isNegator } from './guards-polarity.ts';
import { numberAt } from './number-words.ts';
import type { Quantity } from './quantities.ts';
import { type Place, speakOfOtherThings } from './same-subject.ts';

/** A sentence of the docs and where it stands. */
export type Said = Place & { readonly text: string };

/** What it stands for isn't in the sentence itself. */
const POINTS_ELSEWHERE =
  /^(?:it|its|they|their|them|this|that|these|those|he|she|his|her|such|both|here|there|then|(?:the )?(?:first|second|latter|former|same|other))\b/;
/** An example, a guess, or a rule that has another beside it. */
const NO_RULE =
  /\b(?:example|e g|i e|eg|such as|suppose|imagine|instance|sample|usually|typically|generally|normally|often|sometimes|occasionally|might|could|probably|perhaps|likely|roughly|approximately|average|estimated|around|about|some|many|most|several|few|almost|nearly|depend\w*|var(?:y|ies)|recommend\w*|suggest\w*|additional|extra|another|other|otherwise|else|instead|without|except|excluding|only|just|previous\w*|former\w*|originally|until|since|no longer|used to|not (?:just|always|all|every|yet|necessarily|much|very|both))\b/;
const CONDITION = /^(?:if|when|unless|once|while|where|whether|whereas|because|during|who|which|whose)$/;
const PACE = new Map(
  'year:year annual:year yearli:year annum:year month:month monthli:month week:week weekli:week dai:day daili:day hour:hour hourli:hour quarter:quarter quarterli:quarter'
    .split(' ')
    .map((pair): [string, string] => [pair.split(':')[0] ?? '', pair.split(':')[1] ?? '']),
);
/** Stems that say nothing of what is spoken of: having, being so long, and whoever reads the docs. */
const LOOSE = new Set(
  (
    'get receiv entitl offer provid grant us take make have need start begin run last hold held keep kept long total full ' +
    'employe staff everyon everybodi person peopl each everi compani must shall mai can will per'
  ).split(' '),
);
/** Numbers after these are names: "level 3". */
const NUMBERED =
  /^(?:level|tier|phase|step|version|release|port|section|chapter|figure|table|type|class|grade|stage|priority|severity|page|line|day|week|month|year|quarter|part|option|group|no|number|v|p|q)$/;
const LEAST_SHARED = 2;

/** A sentence as it is compared. */
export type Statement = Said & { readonly read: GuardText };

/** The sentence, read; undefined where it lays nothing down: a question, an example, a guess, one about "it". */
export function readStatement(said: Said): Statement | undefined {
  const read = guardText(said.text);
  return isRule(read) ? { ...said, read } : undefined;
}

/**
 * Whether two sentences say of one thing what can't both be so: another number, a "not", an opposite. Where
 * anything tells that they may speak of two things, or of one at two times, the answer is no.
 */
export function contradicts(a: Statement, b: Statement): boolean {
  const [one, other] = [a.read, b.read];
  if (conditionsOf(one) !== conditionsOf(other)) return false;
  return (
    (otherNumber(one, other) || oneDenies(one, other) || areOpposed(one, other)) &&
    !speakOfOtherThings(a, b, one, other)
  );
}

function isRule(text: GuardText): boolean {
  const line = text.norms.join(' ');
  return (
    !/[?:]\s*$/.test(text.text) &&
    !POINTS_ELSEWHERE.test(line) &&
    !NO_RULE.test(line) &&
    // "You may ..." permits; "a review may take ..." guesses.
    !/\bmay (?:take|last|need|have|contain|require|cost|vary|differ|happen|occur|still|also)\b/.test(line)
  );
}

function conditionsOf({ norms }: GuardText): string {
  return [...new Set(norms.filter((norm) => CONDITION.test(norm)))].sort().join(' ');
}

/** Both directions, since a guard asks only whether what one side says goes beyond the other. */
function objects(guard: (input: GuardCase) => string | undefined, a: GuardText, b: GuardText): boolean {
  const context = guardText('');
  return (
    guard({ claim: a, evidence: b, sentences: [b], context }) !== undefined &&
    guard({ claim: b, evidence: a, sentences: [a], context }) !== undefined
  );
}

function otherNumber(a: GuardText, b: GuardText): boolean {
  const [mine, theirs] = [countsOf(a), countsOf(b)];
  if (mine.length === 0 || mine.length !== theirs.length || mine.length > 3) return false;
  const alike = mine.every((quantity, i) => {
    const other = theirs[i];
    return (
      other !== undefined &&
      quantity.dimension === other.dimension &&
      quantity.bound === other.bound &&
      quantity.bound !== 'about' &&
      (quantity.dimension !== '' || countsTheSame(a, quantity, b, other))
    );
  });
  if (!alike || pacesDiffer(a, b) || a.tokens.filter(isNegator).length !== b.tokens.filter(isNegator).length)
    return false;
  return sameTopic(a, b, mine, theirs) && objects(guardNumbers, a, b);
}

/** Numbers that count or measure; no ordinals and no "one" that stands for a thing. */
function countsOf({ quantities, tokens }: GuardText): Quantity[] {
  return quantities.filter(
    ({ ordinal, number, to, from, dimension }) =>
      !ordinal &&
      !(number === 1 && dimension === '' && !tokens[to]?.content) &&
      !(number === 1 && /^(?:the|this|that|last|no|each|every)$/.test(tokens[from - 1]?.norm ?? '')),
  );
}

/** A bare number is compared only where the same noun follows it. Years and numbers in names are no counts. */
function countsTheSame(a: GuardText, mine: Quantity, b: GuardText, theirs: Quantity): boolean {
  const noun = a.tokens[mine.to];
  return (
    noun?.content === true &&
    !noun.breaks &&
    noun.stem === b.tokens[theirs.to]?.stem &&
    ![a.tokens[mine.from - 1], b.tokens[theirs.from - 1]].some(
      (token) => token !== undefined && (NUMBERED.test(token.norm) || isName(token)),
    ) &&
    ![mine, theirs].some(({ number, to, from }) => to - from === 1 && number >= 1800 && number <= 2100)
  );
}

/** "Two days a week" and "five days a month" can both be so. */
function pacesDiffer(a: GuardText, b: GuardText): boolean {
  const [mine, theirs] = [pacesOf(a), pacesOf(b)];
  return mine !== '' && theirs !== '' && mine !== theirs;
}

function pacesOf(text: GuardText): string {
  const paces = text.tokens.flatMap(({ stem }, at) => (isPace(text, at) ? (PACE.get(stem) ?? []) : []));
  return [...new Set(paces)].sort().join(' ');
}

/** "A year", "annual": how often, not what. */
function isPace({ tokens }: GuardText, at: number): boolean {
  const token = tokens[at];
  return (
    token !== undefined &&
    PACE.has(token.stem) &&
    (/^annual|ly$/.test(token.norm) || /^(?:an?|per|each|every)$/.test(tokens[at - 1]?.norm ?? ''))
  );
}

/** The words of each number and its unit, but not those between them ("8 sick leave hours"). */
function countedTokens(norms: readonly string[], quantities: readonly Quantity[]): Set<number> {
  return new Set(
    quantities.flatMap(({ from, to }) => {
      const end = numberAt(norms, from)?.to ?? from + 1;
      return [...Array.from({ length: end - from }, (_, i) => from + i), to - 1];
    }),
  );
}

function oneDenies(a: GuardText, b: GuardText): boolean {
  const negators = [a, b].map(({ tokens }) => tokens.filter(isNegator).length);
  return (
    Math.min(...negators) === 0 &&
    Math.max(...negators) === 1 &&
    sameQuantities(a, b) &&
    sameTopic(a, b, a.quantities, b.quantities) &&
    objects(guardPolarity, a, b)
  );
}

function sameQuantities(a: GuardText, b: GuardText): boolean {
  const list = ({ quantities }: GuardText) =>
    quantities.map(({ value, dimension }) => `${value} ${dimension}`).join(', ');
  return list(a) === list(b);
}

/** Each side has one word that the other lacks, said of the same thing, and they are opposites. */
function areOpposed(a: GuardText, b: GuardText): boolean {
  if (!sameQuantities(a, b) || a.tokens.some(isNegator) || b.tokens.some(isNegator)) return false;
  const [mine, theirs] = [extrasOf(a, b, a.quantities), extrasOf(b, a, b.quantities)];
  const [left, right] = [mine[0], theirs[0]];
  if (mine.length !== 1 || theirs.length !== 1 || left === undefined || right === undefined) return false;
  if (!isPredicate(a, left) || !isPredicate(b, right) || sharedBy(a, b) < LEAST_SHARED - 1) return false;
  return objects(guardAntonyms, a, b);
}

/** "Overtime is unpaid", not "unpaid overtime is ...": there it tells of which thing. */
function isPredicate({ tokens }: GuardText, at: number): boolean {
  return tokens
    .slice(Math.max(0, at - 2), at)
    .some(({ norm }) => /^(?:is|are|be|been|gets?|must|may|can|always|stays?|remains?)$/.test(norm));
}

/** Nothing of weight stands in one of them alone, but for what follows when all that is shared has been said. */
function sameTopic(
  a: GuardText,
  b: GuardText,
  mine: readonly Quantity[],
  theirs: readonly Quantity[],
): boolean {
  const common = [...a.content].filter((stem) => b.content.has(stem) && !/^\d/.test(stem));
  const topical = sharedBy(a, b);
  // "You get 25 days of leave a year": one word tells the topic, but little else stands there.
  if (topical < LEAST_SHARED && !(topical === 1 && mine.length > 0 && common.length > 2)) return false;
  const [onlyA, onlyB] = [extrasOf(a, b, mine), extrasOf(b, a, theirs)];
  return (onlyA.length === 0 && trails(b, onlyB, a)) || (onlyB.length === 0 && trails(a, onlyA, b));
}

function sharedBy(a: GuardText, b: GuardText): number {
  const weighty = (text: GuardText) => new Set(weightyPlaces(text).map((at) => text.tokens[at]?.stem));
  const there = weighty(b);
  return [...weighty(a)].filter((stem) => there.has(stem)).length;
}

/** Places of the words that tell what is spoken of. */
function weightyPlaces(text: GuardText): number[] {
  const counted = countedTokens(text.norms, text.quantities);
  return text.tokens.flatMap((token, at) =>
    token.content &&
    !counted.has(at) &&
    !isNegator(token) &&
    !isPace(text, at) &&
    !LOOSE.has(token.stem) &&
    !/^\d/.test(token.stem)
      ? [at]
      : [],
  );
}

/** Places of the words of weight that the other lacks. */
function extrasOf(text: GuardText, other: GuardText, quantities: readonly Quantity[]): number[] {
  const counted = countedTokens(text.norms, quantities);
  return weightyPlaces(text).filter(
    (at) => !counted.has(at) && !other.stems.has(text.tokens[at]?.stem ?? ''),
  );
}

const MOST_TRAILING = 5;

/** The extras come after all that is shared, opened by "of", "and" or a comma: no "for contractors" narrows it. */
function trails(text: GuardText, extras: readonly number[], other: GuardText): boolean {
  const [first] = extras;
  if (first === undefined) return true;
  if (extras.length > MOST_TRAILING) return false;
  if (weightyPlaces(text).some((at) => at > first && other.stems.has(text.tokens[at]?.stem ?? '')))
    return false;
  if (text.quantities.some(({ from }) => from >= first)) return false;
  return opens(text.tokens, first);
}

function opens(tokens: readonly Token[], at: number): boolean {
  for (let place = at; place > Math.max(0, at - 4); place--) {
    const norm = tokens[place - 1]?.norm ?? '';
    if (tokens[place]?.breaks || /^(?:and|of|then)$/.test(norm)) return true;
    if (/^(?:for|in|on|at|by|from|to|with|or|if|under|per)$/.test(norm)) return false;
  }
  return false;
}
