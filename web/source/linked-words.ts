import type { DocumentPage, SectionInfo } from '../../server/events.ts';
import { findWords } from '../markdown/find-words.ts';
import { parseDocument } from '../markdown/parse.ts';
import { isPlainText, parseText } from '../markdown/parse-text.ts';
import { rowRuns } from '../markdown/table-rows.ts';
import { joinRuns, runsIn } from '../markdown/text-runs.ts';
import { withDigest } from './quote-digest.ts';

type Range = { readonly start: number; readonly end: number };

/** What a link says of the words it opens a page at: where they stood, and what tells them from others. */
export type LinkedWords = Range & { readonly digest?: string };

/**
 * What became of a link's words: `proven` stand where the range says, `unproven` may be others than those cited,
 * and of `lost` ones the page has none.
 */
export type FoundWords = (Range & { readonly status: 'proven' | 'unproven' }) | { readonly status: 'lost' };

/**
 * Finds the words of a link in a page as it is now: in the section that the link names, or else wherever they
 * have moved to. Without a digest only a range of whole words in that section counts; undefined for any other.
 */
export function findLinkedWords(
  page: DocumentPage,
  anchor: string,
  words: LinkedWords,
): FoundWords | undefined {
  const section = page.sections.find((candidate) =>
    anchor ? candidate.anchor === anchor : isIn(words, candidate),
  );
  const wanted = words.digest === undefined ? undefined : withDigest(words.digest);
  if (!wanted) return section && isWhole(words, section, page.source) ? unproven(words) : undefined;
  const parsed = isPlainText(page.path) ? parseText(page) : parseDocument(page.source);
  const texts = [runsIn(parsed.root, parsed, page.source), rowRuns(parsed, page.source)];
  for (const area of [section, undefined]) {
    for (const runs of texts) {
      const found = findWords(joinRuns(runs, '\n'), wanted, words.start, area);
      if (found) return { ...found, status: 'proven' };
    }
  }
  return { status: 'lost' };
}

function unproven({ start, end }: Range): FoundWords {
  return { start, end, status: 'unproven' };
}

function isIn(words: Range, section: SectionInfo): boolean {
  return section.start <= words.start && words.end <= section.end;
}

function isWhole(words: Range, section: SectionInfo, source: string): boolean {
  const cuts = (at: number) => /^[\p{L}\p{N}]{2}$/u.test(source.slice(at - 1, at + 1));
  return words.start < words.end && isIn(words, section) && !cuts(words.start) && !cuts(words.end);
}

/** The line of a section's heading; undefined above the first. */
export function headingOf(page: DocumentPage, anchor: string): Range | undefined {
  const section = page.sections.find((candidate) => candidate.anchor === anchor && candidate.level > 0);
  const line = section && /^\s*[^\r\n]*/.exec(page.source.slice(section.start, section.end))?.[0];
  return line ? { start: section.start, end: section.start + line.length } : undefined;
}
