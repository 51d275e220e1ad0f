import type { TextRun } from './positions.ts';

type Range = { readonly start: number; readonly end: number };

/** Spaces, and the signs that stand between the cells of a row where it is quoted, but not in its source. */
const uncounted = /[\s:;]+/g;
const isUncounted = (char: string | undefined) => char !== undefined && /[\s:;]/.test(char);

/** The letters and signs of some words that count where words are compared. */
export function bareWords(words: string): string {
  return words.replace(uncounted, '');
}

/** Words that are looked for, in a text made bare: how long they are, and where they stand. */
export type Wanted = { readonly length: number; placesIn(text: string): Iterable<number> };

/** These very words. */
export function literally(words: string): Wanted {
  const needle = bareWords(words);
  return {
    length: needle.length,
    *placesIn(text) {
      for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) yield at;
    },
  };
}

const isWord = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}]/u.test(char);

/**
 * Where words stand in a run, as offsets of its source; undefined when they don't. A part of a longer word is
 * none. Of several places the nearest to `near` counts.
 */
export function findWords(run: TextRun, wanted: Wanted, near: number, area?: Range): Range | undefined {
  if (wanted.length === 0) return undefined;
  const places: number[] = [];
  for (let i = 0; i < run.value.length; i++) if (!isUncounted(run.value[i])) places.push(i);
  const text = places.map((place) => run.value[place]).join('');
  let best: Range | undefined;
  for (const at of wanted.placesIn(text)) {
    const from = places[at] ?? 0;
    const to = (places[at + wanted.length - 1] ?? from) + 1;
    const cutsWord =
      (isWord(run.value[from]) && isWord(run.value[from - 1])) ||
      (isWord(run.value[to - 1]) && isWord(run.value[to]));
    const start = run.offsets[from];
    const last = run.offsets[to - 1];
    if (cutsWord || start === undefined || last === undefined) continue;
    const isOutside = area && (start < area.start || last >= area.end);
    if (isOutside || (best && Math.abs(start - near) >= Math.abs(best.start - near))) continue;
    best = { start, end: last + 1 };
  }
  return best;
}
