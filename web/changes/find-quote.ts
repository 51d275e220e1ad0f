import type { Citation } from '../../server/events.ts';
import type { TextRun } from '../markdown/positions.ts';
import { textRuns } from '../markdown/text-runs.ts';
import type { KeptSection } from './section-change.ts';

/** A stretch of a document's source: its text, and where that begins in the file. */
export type Stretch = { readonly text: string; readonly start: number };
type Range = { readonly start: number; readonly end: number };

/**
 * Where the very words of a citation stand in a stretch of the present text, as offsets in the file; undefined
 * when they don't. Spaces and line breaks don't count. With the section kept as it was, its Markdown is looked
 * for first (a table's row is quoted with the names of its columns, which stand elsewhere), then the words as
 * they are read. Of words that stand there more than once, those nearest to the old place count.
 */
export function findQuote(
  citation: Citation,
  kept: KeptSection | undefined,
  stretch: Stretch,
): Range | undefined {
  const markdown = quotedMarkdown(citation, kept);
  const near = kept?.start === undefined ? 0 : citation.start - kept.start;
  const found =
    findIn(characters(stretch.text), markdown ?? '', near) ??
    findIn(joined(textRuns(stretch.text)), citation.quote, near);
  return found && { start: stretch.start + found.start, end: stretch.start + found.end };
}

/** What a citation's range held when it was made; undefined when that isn't known. */
function quotedMarkdown({ start, end }: Citation, kept: KeptSection | undefined): string | undefined {
  if (kept?.start === undefined || start < kept.start || end > kept.start + kept.text.length)
    return undefined;
  return kept.text.slice(start - kept.start, end - kept.start);
}

function characters(text: string): TextRun {
  return { value: text, offsets: Array.from({ length: text.length + 1 }, (_, index) => index) };
}

/** Runs after one another, each on its own line: a word doesn't go on from one block into the next. */
function joined(runs: readonly TextRun[]): TextRun {
  const offsets = runs.flatMap((run) => run.offsets.slice(0, run.value.length + 1));
  return { value: runs.map((run) => `${run.value}\n`).join(''), offsets };
}

const isWord = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}]/u.test(char);

function findIn(text: TextRun, wanted: string, near: number): Range | undefined {
  const needle = wanted.replace(/\s+/g, '');
  if (needle === '') return undefined;
  const places: number[] = [];
  for (let i = 0; i < text.value.length; i++) if (!/\s/.test(text.value[i] ?? '')) places.push(i);
  const hay = places.map((place) => text.value[place]).join('');
  let best: Range | undefined;
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + 1)) {
    const from = places[at] ?? 0;
    const to = (places[at + needle.length - 1] ?? from) + 1;
    const cutsWord =
      (isWord(needle[0]) && isWord(text.value[from - 1])) ||
      (isWord(needle.at(-1)) && isWord(text.value[to]));
    const start = text.offsets[from];
    const last = text.offsets[to - 1];
    if (cutsWord || start === undefined || last === undefined) continue;
    if (!best || Math.abs(start - near) < Math.abs(best.start - near)) best = { start, end: last + 1 };
  }
  return best;
}
