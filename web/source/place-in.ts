import type { DocumentPage, Source } from '../../server/events.ts';
import { findQuote } from '../changes/find-quote.ts';
import { type KeptSections, keyOf, type SectionChanges } from '../changes/section-change.ts';
import type { Cited } from '../chat/answer-state.ts';

/**
 * Where the words of a citation stand in a document as it is now, whatever was changed before them or in its
 * other sections; undefined when they don't stand there, or when the document is another.
 */
export function placeIn(
  page: DocumentPage,
  { source, citation }: Cited,
  kept: KeptSections,
  changes: SectionChanges,
): { readonly start: number; readonly end: number } | undefined {
  if (!citation) return undefined;
  const change = changes.get(keyOf(source));
  const place = change && change.status !== 'gone' ? change : source;
  if (place.path !== page.path) return undefined;
  const section = page.sections.find(({ anchor }) => anchor === place.anchor);
  const stretch = section
    ? { text: page.source.slice(section.start, section.end), start: section.start }
    : { text: page.source, start: 0 };
  return findQuote(citation, kept[keyOf(source)], stretch) ?? placeAsCited(page, { source, citation });
}

/** The range of the citation itself, as long as its section is the one cited and still holds it. */
function placeAsCited(page: DocumentPage, { source, citation }: Required<Cited>) {
  const section = page.sections.find(({ anchor }) => anchor === source.anchor);
  const isIn = section && citation.start >= section.start && citation.end <= section.end;
  return isIn && section.hash === source.hash ? citation : undefined;
}

/** The section at the cited place doesn't read as it was cited. */
export function isOther(page: DocumentPage, source: Source): boolean {
  return page.sections.find(({ anchor }) => anchor === source.anchor)?.hash !== source.hash;
}
