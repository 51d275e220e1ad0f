import { gunzipSync, gzipSync } from 'node:zlib';
import { terms } from './terms.ts';

/** For each term, as `terms()` gives it, the number of chunks that hold it. */
export type Lexicon = Map<string, number>;

/** Counts each term of a chunk's text once; `by` is 1 for a chunk that came, -1 for one that went. */
export function countChunk(counts: Lexicon, text: string, by: 1 | -1): void {
  for (const term of new Set(terms(text))) counts.set(term, (counts.get(term) ?? 0) + by);
}

/** The lexicon after changes were counted; terms that no chunk holds any more are gone. */
export function applyChanges(lexicon: Lexicon, changes: Lexicon): Lexicon {
  const result = new Map(lexicon);
  for (const [term, change] of changes) {
    const count = (result.get(term) ?? 0) + change;
    if (count > 0) result.set(term, count);
    else result.delete(term);
  }
  return result;
}

/** Gzipped lines of `term TAB count`. */
export function packLexicon(lexicon: Lexicon): Uint8Array {
  const lines: string[] = [];
  for (const [term, count] of lexicon) lines.push(`${term}\t${count}`);
  return gzipSync(lines.join('\n'), { level: 4 });
}

export function unpackLexicon(bytes: Uint8Array): Lexicon {
  const lexicon: Lexicon = new Map();
  for (const line of gunzipSync(bytes).toString('utf8').split('\n')) {
    const tab = line.indexOf('\t');
    if (tab > 0) lexicon.set(line.slice(0, tab), Number(line.slice(tab + 1)));
  }
  return lexicon;
}
