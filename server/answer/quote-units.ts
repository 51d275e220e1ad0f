import type { Range, Sentence } from '../../knowledge/document.ts';
import type { StoredChunk } from '../../knowledge/snapshot.ts';
import type { Word } from './plain-words.ts';

/** A citable unit of a passage with its words: `words.slice(from, to)` of the passage. */
export type Unit = Range & {
  readonly kind: Sentence['kind'];
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Index of the block in the chunk. */
  readonly block: number;
  /** Characters before it on its line: an item with more of them is nested. */
  readonly indent: number;
};

/** The units of a chunk in order, and for each of its words the index of the unit it stands in, or -1. */
export function unitsOf(
  chunk: StoredChunk,
  words: readonly Word[],
): { readonly units: readonly Unit[]; readonly unitOf: readonly number[] } {
  const unitOf: number[] = new Array(words.length).fill(-1);
  const units: Unit[] = [];
  let at = 0;
  for (const { start, end, kind, text, block } of chunk.sentences) {
    while ((words[at]?.end ?? Number.POSITIVE_INFINITY) <= start) at++;
    const from = at;
    while ((words[at]?.start ?? Number.POSITIVE_INFINITY) < end) unitOf[at++] = units.length;
    const indent = start - chunk.start - (chunk.text.lastIndexOf('\n', start - chunk.start - 1) + 1);
    if (at > from) units.push({ start, end, kind, text, block, indent, from, to: at });
  }
  return { units, unitOf };
}

/** The units of chunks of one section, in order; `block` counts on, and a block cut in two is one. */
export function joinUnits(
  passages: readonly { readonly chunk: StoredChunk; readonly units: readonly Unit[] }[],
): Unit[] {
  let base = 0;
  return passages.flatMap(({ chunk, units }, at) => {
    const first = chunk.blocks[0]?.continued && at > 0 ? base - 1 : base;
    base = first + chunk.blocks.length;
    return units.map((unit) => ({ ...unit, block: unit.block + first }));
  });
}

/**
 * What has to be read together with an item or a row of joined units: the items it is nested in, the
 * table's header, and the sentence before the list that leads in with a colon ("You must not:").
 */
export function leadInsOf(units: readonly Unit[], start: number): Unit[] {
  const place = units.findIndex((unit) => unit.start === start);
  const unit = units[place];
  if (!unit || unit.kind === 'sentence' || unit.kind === 'header') return [];
  const found: Unit[] = [];
  let { indent } = unit;
  for (const other of units.slice(0, place).toReversed()) {
    if (other.block !== unit.block) {
      return other.kind === 'sentence' && other.text.trimEnd().endsWith(':') ? [other, ...found] : found;
    }
    const parent = other.kind === 'item' && unit.kind === 'item' && other.indent < indent;
    if (parent) ({ indent } = other);
    if (parent || other.kind === 'header') found.unshift(other);
  }
  return found;
}
