import { gunzipSync, gzipSync } from 'node:zlib';

/** Some chunks: how many there are and, for each term as `terms()` gives it, how many of them hold it. */
export type TermCounts = { chunks: number; readonly terms: Map<string, number> };

/** The chunks for each audience, by its `audienceKey`: what some may not see isn't counted for them. */
export type Lexicon = Map<string, TermCounts>;

/** Counts a chunk and each of its terms; `by` is 1 for one that came, -1 for one that went. */
export function countChunk(counts: Lexicon, audience: string, terms: ReadonlySet<string>, by: 1 | -1): void {
  const own = counts.get(audience) ?? { chunks: 0, terms: new Map() };
  counts.set(audience, own);
  own.chunks += by;
  for (const term of terms) own.terms.set(term, (own.terms.get(term) ?? 0) + by);
}

/** The lexicon after changes were counted; terms that no chunk holds any more are gone. */
export function applyChanges(lexicon: Lexicon, changes: Lexicon): Lexicon {
  const result = new Map(lexicon);
  for (const [audience, change] of changes) {
    const before = lexicon.get(audience);
    const chunks = (before?.chunks ?? 0) + change.chunks;
    if (chunks > 0) result.set(audience, { chunks, terms: applyTo(before?.terms, change.terms) });
    else result.delete(audience);
  }
  return result;
}

function applyTo(counts: ReadonlyMap<string, number> = new Map(), changes: ReadonlyMap<string, number>) {
  const result = new Map(counts);
  for (const [term, change] of changes) {
    const count = (result.get(term) ?? 0) + change;
    if (count > 0) result.set(term, count);
    else result.delete(term);
  }
  return result;
}

/** Gzipped lines: TAB, chunks, TAB, audience, then `term TAB count` for each of its terms. */
export function packLexicon(lexicon: Lexicon): Uint8Array {
  const lines: string[] = [];
  for (const [audience, { chunks, terms }] of lexicon) {
    lines.push(`\t${chunks}\t${audience}`);
    for (const [term, count] of terms) lines.push(`${term}\t${count}`);
  }
  return gzipSync(lines.join('\n'), { level: 4 });
}

export function unpackLexicon(bytes: Uint8Array): Lexicon {
  const lexicon: Lexicon = new Map();
  let terms = new Map<string, number>();
  for (const line of gunzipSync(bytes).toString('utf8').split('\n')) {
    const tab = line.indexOf('\t');
    if (tab > 0) terms.set(line.slice(0, tab), Number(line.slice(tab + 1)));
    if (tab !== 0) continue;
    const [, chunks, audience = ''] = line.split('\t');
    terms = new Map();
    lexicon.set(audience, { chunks: Number(chunks), terms });
  }
  return lexicon;
}
