import type { Range } from '../../knowledge/document.ts';
import type { StoredChunk } from '../../knowledge/snapshot.ts';
import type { Citation } from '../events.ts';
import type { Evidence } from './evidence.ts';
import { plainText, type Word, wordsOf } from './plain-words.ts';
import { type Unit, unitsOf } from './quote-units.ts';

/** Words of a passage: a citation, and the whole units (sentences, items, rows) that they stand in. */
export type Match = {
  readonly citation: Citation;
  readonly passage: MatchedPassage;
  /** Indices of its first and last unit in `passage.units`. */
  readonly first: number;
  readonly last: number;
};

export type MatchedPassage = { readonly evidence: Evidence; readonly units: readonly Unit[] };

export type QuoteMatcher = {
  readonly passages: readonly MatchedPassage[];
  /**
   * The text as a quotation that can be trusted alone: whole units, or whole clauses of at least
   * MIN_CLAUSE_WORDS words whose left-out rest can't turn their meaning (no "not", "unless", "only"...).
   */
  quote(text: string, preferred?: readonly number[]): Match | undefined;
  /** The text as words that stand in a passage, at least MIN_WORDS of them or a whole unit. */
  find(text: string, preferred?: readonly number[]): Match | undefined;
};

const MIN_WORDS = 4;
const MIN_CLAUSE_WORDS = 6;
const MIN_SENTENCE_WORDS = 3;
const MIN_ITEM_WORDS = 2;

/** Left out of a sentence, these words may turn what the rest says. */
const TURNS = new Set(
  (
    'not no never none nobody nothing neither nor cannot without unless except excluding only until if when whenever ' +
    'while provided but however although though instead rather otherwise or may might could would should some ' +
    'sometimes most usually typically generally often few hardly rarely false myth wrong untrue denied allegedly ' +
    'or supposedly claim claims unlike despite longer formerly previously stop stopped avoid prohibited forbidden'
  ).split(' '),
);
/** A clause may be left out from such a word on though no punctuation stands before it. */
const OPENS_CLAUSE = new Set('which because since so'.split(' '));
/** What follows a comma with such a word may narrow what stands before it. */
const NARROWS = new Set(
  'for in during at on to from by of with within after before through under as per between among where'.split(
    ' ',
  ),
);

type Prepared = MatchedPassage & {
  readonly words: readonly Word[];
  /** Index of each word's unit in `units`. */
  readonly unitOf: readonly number[];
  /** The words with a space around each, and where each begins in that text. */
  readonly line: string;
  readonly at: ReadonlyMap<number, number>;
  /** Each unit's plain text in the same form as `line`. */
  readonly texts: readonly string[];
};

/** Prepares the passages once for the sentences of one answer; a sentence then takes well under 1 ms. */
export function makeQuoteMatcher(evidence: readonly Evidence[]): QuoteMatcher {
  const passages = evidence.map(prepare);
  const ordered = (preferred: readonly number[]): Prepared[] =>
    [...passages].sort(
      (a, b) => Number(preferred.includes(b.evidence.n)) - Number(preferred.includes(a.evidence.n)),
    );
  const search = (
    text: string,
    preferred: readonly number[],
    holds: (passage: Prepared, from: number, to: number) => boolean,
  ): Match | undefined => {
    const needle = normsOf(text);
    if (needle.length === 0) return undefined;
    const passages = ordered(preferred);
    for (const passage of passages) {
      for (const [from, to] of placesOf(needle, passage)) {
        if (holds(passage, from, to)) return matchAt(passage, from, to);
      }
    }
    return undefined;
  };
  /** Units whose plain text is put together otherwise than their source, e.g. rows with column names. */
  const searchTexts = (text: string, preferred: readonly number[], part: boolean): Match | undefined => {
    const words = normsOf(text);
    if (words.length < (part ? MIN_WORDS : MIN_SENTENCE_WORDS)) return undefined;
    const needle = ` ${words.join(' ')} `;
    for (const passage of ordered(preferred)) {
      const at = part
        ? passage.texts.findIndex((line) => line.includes(needle))
        : passage.texts.indexOf(needle);
      const unit = passage.units[at];
      if (unit) return { citation: citationOf(passage, unit), passage, first: at, last: at };
    }
    return undefined;
  };
  return {
    passages,
    quote: (text, preferred = []) =>
      search(text, preferred, isTrustworthy) ?? searchTexts(text, preferred, false),
    find: (text, preferred = []) =>
      search(text, preferred, (passage, from, to) => to - from >= MIN_WORDS || isWhole(passage, from, to)) ??
      searchTexts(text, preferred, true),
  };
}

/** Chunks are read more than once for an answer: while it is written, and when it is checked. */
const read = new WeakMap<StoredChunk, Omit<Prepared, 'evidence'>>();

function prepare(evidence: Evidence): Prepared {
  const known = read.get(evidence.chunk) ?? readChunk(evidence.chunk);
  read.set(evidence.chunk, known);
  return { evidence, ...known };
}

function readChunk(chunk: StoredChunk): Omit<Prepared, 'evidence'> {
  const words = wordsOf(chunk.text, chunk.start);
  const { units, unitOf } = unitsOf(chunk, words);
  let line = ' ';
  const at = new Map<number, number>();
  words.forEach(({ norm }, index) => {
    at.set(line.length, index);
    line += `${norm} `;
  });
  const texts = units.map(({ text }) => ` ${normsOf(text).join(' ')} `);
  return { units, words, unitOf, line, at, texts };
}

function normsOf(text: string): string[] {
  return wordsOf(text).map(({ norm }) => norm);
}

function* placesOf(needle: readonly string[], { line, at }: Prepared): Generator<[number, number]> {
  const text = ` ${needle.join(' ')} `;
  for (let found = line.indexOf(text); found >= 0; found = line.indexOf(text, found + 1)) {
    const from = at.get(found + 1);
    if (from !== undefined) yield [from, from + needle.length];
  }
}

function isWhole({ units, unitOf }: Prepared, from: number, to: number): boolean {
  const first = units[unitOf[from] ?? -1];
  const last = units[unitOf[to - 1] ?? -1];
  if (!first || !last || first.from !== from || last.to !== to) return false;
  return to - from >= (first.kind === 'sentence' ? MIN_SENTENCE_WORDS : MIN_ITEM_WORDS);
}

function isTrustworthy(passage: Prepared, from: number, to: number): boolean {
  if (isWhole(passage, from, to)) return true;
  const { units, unitOf, words } = passage;
  const first = units[unitOf[from] ?? -1];
  const last = units[unitOf[to - 1] ?? -1];
  if (!first || !last) return false;
  if (first.kind === 'code' && last.kind === 'code') return areLines(passage, from, to);
  if (to - from < MIN_CLAUSE_WORDS) return false;
  const next = words[to];
  const opens = from === first.from || words[from]?.breakBefore === 2;
  const closes = to === last.to || (next !== undefined && partsFrom(next));
  if (!opens || !closes) return false;
  return [...words.slice(first.from, from), ...words.slice(to, last.to)].every(
    ({ norm }) => !TURNS.has(norm) && !norm.endsWith("n't"),
  );
}

/** Whole lines of code. */
function areLines({ evidence: { chunk }, words }: Prepared, from: number, to: number): boolean {
  const gap = (at: number): string =>
    chunk.text.slice(
      (words[at - 1]?.end ?? chunk.start) - chunk.start,
      (words[at]?.start ?? chunk.end) - chunk.start,
    );
  return to - from >= MIN_SENTENCE_WORDS && gap(from).includes('\n') && gap(to).includes('\n');
}

function partsFrom({ norm, breakBefore }: Word): boolean {
  if (breakBefore === 0) return OPENS_CLAUSE.has(norm);
  return breakBefore === 2 || !NARROWS.has(norm);
}

function matchAt(passage: Prepared, from: number, to: number): Match {
  const { evidence, units, unitOf, words } = passage;
  const first = unitOf[from] ?? 0;
  const last = unitOf[to - 1] ?? first;
  const start = words[from]?.start ?? 0;
  const end = words[to - 1]?.end ?? start;
  const range = widen(units[first], units[last], from, to, { start, end });
  const quote = plainText(
    evidence.chunk.text.slice(range.start - evidence.chunk.start, range.end - evidence.chunk.start),
  );
  return { citation: { n: evidence.n, quote, ...range }, passage, first, last };
}

/** Whole units are cited with their own marks and full stop. */
function widen(
  first: Unit | undefined,
  last: Unit | undefined,
  from: number,
  to: number,
  { start, end }: Range,
): Range {
  return {
    start: first && first.from === from ? Math.min(first.start, start) : start,
    end: last && last.to === to ? Math.max(last.end, end) : end,
  };
}

/** Cites a whole unit, e.g. as the nearest one. */
export function citationOf({ evidence }: MatchedPassage, unit: Unit): Citation {
  return { n: evidence.n, quote: unit.text, start: unit.start, end: unit.end };
}
