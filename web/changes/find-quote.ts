import type { Citation } from '../../server/events.ts';
import { findWords, literally } from '../markdown/find-words.ts';
import { parseDocument } from '../markdown/parse.ts';
import type { TextRun } from '../markdown/positions.ts';
import { rowRuns } from '../markdown/table-rows.ts';
import { joinRuns, runsIn } from '../markdown/text-runs.ts';
import type { KeptSection } from './section-change.ts';

/** A stretch of a document's source: its text, and where that begins in the file. */
export type Stretch = { readonly text: string; readonly start: number };
type Range = { readonly start: number; readonly end: number };

/**
 * Where the very words of a citation stand in a stretch of the present text, as offsets in the file; undefined
 * when they don't. Spaces, colons and semicolons don't count. With the section kept as it was, its Markdown is looked
 * for first, then the words as they are read, then the rows of tables with the names of their columns. Of
 * words that stand there more than once, those nearest to the old place count.
 */
export function findQuote(
  citation: Citation,
  kept: KeptSection | undefined,
  stretch: Stretch,
): Range | undefined {
  const markdown = quotedMarkdown(citation, kept);
  const near = kept?.start === undefined ? 0 : citation.start - kept.start;
  const parsed = parseDocument(stretch.text);
  const words = literally(citation.quote);
  const found =
    findWords(characters(stretch.text), literally(markdown ?? ''), near) ??
    findWords(joinRuns(runsIn(parsed.root, parsed, stretch.text), '\n'), words, near) ??
    findWords(joinRuns(rowRuns(parsed, stretch.text), '\n'), words, near);
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
