import { dot } from '../../knowledge/dot.ts';
import type { Quote } from '../../knowledge/quoted/cut-quote.ts';
import type { Unit } from '../../knowledge/quoted/passage.ts';
import type { Retrieved } from '../../knowledge/quoted/retrieve.ts';
import { scoreUnit } from '../../knowledge/quoted/score-block.ts';
import type { StoredChunk } from '../../knowledge/snapshot.ts';
import { terms } from '../../knowledge/terms.ts';
import { contradicts, readStatement, type Said } from './contradicts.ts';
import { wordsOf } from './plain-words.ts';
import { leadInsOf, unitsOf } from './quote-units.ts';

/** A sentence that contradicts another, in its chunk. */
export type Side = { readonly chunk: StoredChunk; readonly index: number };

/** Chunks of the search that are looked through, best first; more bring other subjects only. */
const CHUNKS = 32;
/** How far behind the best quoted sentence another may be and still be what is asked about. */
const CLOSE = 1;
/** Cosine of two sentences below which they are about different things. */
const ALIKE = 0.82;
/** Share of the shorter sentence's terms that the other must have. */
const SHARED_TERMS = 0.5;
const MOST_SIDES = 4;
const MOST_SPOKEN = 8;
const MOST_GROUPS = 3;

/**
 * What the docs say otherwise than the sentences that an answer quotes: groups of sentences that contradict
 * each other, each newest first. Compares stored vectors and words; nothing is embedded.
 */
export function findDisagreements({ search }: Retrieved, quotes: readonly Quote[]): Side[][] {
  const pool = search.ranked.slice(0, CHUNKS).map(({ chunk }) => chunk);
  const groups: Side[][] = [];
  for (const spoken of spokenIn(quotes, (unit) => scoreUnit(search.question, unit))) {
    if (groups.length === MOST_GROUPS) break;
    if (groups.some((group) => group.some((side) => isSame(side, spoken)))) continue;
    const against = opposedIn(pool, spoken);
    const distinct = against.filter((side, i) => against.findIndex((other) => isSame(side, other)) === i);
    if (distinct.length > 0) groups.push(newestFirst([spoken, ...distinct.slice(0, MOST_SIDES - 1)]));
  }
  return groups;
}

/** The quoted sentences that answer, best first. */
function spokenIn(quotes: readonly Quote[], scoreOf: (unit: Unit) => number): Side[] {
  const scored = quotes
    .flatMap(({ passage, pieces }) => pieces.flatMap(({ units }) => units.map((unit) => ({ unit, passage }))))
    .filter(({ unit }) => isStatement(unit.kind))
    .map(({ unit, passage }) => ({ unit, passage, score: scoreOf(unit) }))
    .sort((a, b) => b.score - a.score);
  const top = scored[0]?.score ?? 0;
  return scored
    .filter(({ score }) => score > top - CLOSE)
    .slice(0, MOST_SPOKEN)
    .flatMap(({ unit, passage }) =>
      passage.chunks.flatMap((chunk) => {
        const index = chunk.sentences.findIndex(({ start, end }) => start === unit.start && end === unit.end);
        return index < 0 ? [] : [{ chunk, index }];
      }),
    );
}

function isStatement(kind: Unit['kind']): boolean {
  return kind === 'sentence' || kind === 'item';
}

/** Sentences of the chunks, of other sections, that contradict the one spoken. */
function opposedIn(pool: readonly StoredChunk[], spoken: Side): Side[] {
  const vector = spoken.chunk.sentenceVectors[spoken.index];
  const said = readStatement(saidBy(spoken));
  if (!vector || !said) return [];
  const wanted = new Set(terms(said.text));
  return pool
    .filter((chunk) => !isOneSection(chunk, spoken.chunk))
    .flatMap((chunk) =>
      chunk.sentences.flatMap(({ kind, text }, index) => {
        const own = chunk.sentenceVectors[index];
        const alike = isStatement(kind) && own !== undefined && dot(vector, own) >= ALIKE * 127 * 127;
        if (!alike || text === said.text || !haveMuchInCommon(wanted, new Set(terms(text)))) return [];
        const other = readStatement(saidBy({ chunk, index }));
        return other && contradicts(said, other) ? [{ chunk, index }] : [];
      }),
    );
}

function haveMuchInCommon(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const shared = [...a].filter((term) => b.has(term)).length;
  return shared >= SHARED_TERMS * Math.min(a.size, b.size);
}

/** The sentence with what its headings, and for an item its list's lead-in, say of what it holds for. */
export function saidBy({ chunk, index }: Side): Said {
  const { kind, start = 0, text = '' } = chunk.sentences[index] ?? {};
  const units = kind === 'item' ? unitsOf(chunk, wordsOf(chunk.text, chunk.start)).units : [];
  const leadIns = leadInsOf(units, start).map((unit) => unit.text);
  return { path: chunk.path, title: chunk.title, headings: [...chunk.headings, ...leadIns], text };
}

function isOneSection(a: StoredChunk, b: StoredChunk): boolean {
  return a.path === b.path && a.section === b.section;
}

function isSame(a: Side, b: Side): boolean {
  return a.chunk.id === b.chunk.id && a.index === b.index;
}

function newestFirst(sides: readonly Side[]): Side[] {
  return [...sides].sort((a, b) => Date.parse(b.chunk.changedAt) - Date.parse(a.chunk.changedAt));
}
