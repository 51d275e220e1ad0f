import type { Answered } from './collect-answer.ts';
import type { Citation, Claim, Source } from './events.ts';
import { quoteDigest } from './quote-digest.ts';

/** A source as cited at one place of an answer. Without a citation it is cited as a whole. */
export type Cited = { readonly source: Source; readonly citation?: Citation };

/**
 * What the marker `[n]` at `offset` of an answer's text cites: the claim that it stands in or follows. Of
 * claims in a row with the same source it is the key one.
 */
export function citedAt(
  { sources, claims }: Pick<Answered, 'sources' | 'claims'>,
  n: number,
  offset: number,
): Cited | undefined {
  const source = sources.find((candidate) => candidate.n === n);
  if (!source) return undefined;
  const quoteOf = (claim: Claim) => claim.citations.find((citation) => citation.n === n);
  const before = claims.filter((claim) => claim.start <= offset);
  const last = before.findLastIndex(quoteOf);
  const rowStart = before.findLastIndex((claim, index) => index < last && !quoteOf(claim)) + 1;
  const row = before.slice(rowStart, last + 1);
  const claim = row.findLast((candidate) => candidate.key) ?? row.at(-1) ?? claims.find(quoteOf);
  const citation = claim && quoteOf(claim);
  return citation ? { source, citation } : { source };
}

/** The page that opens a source at the words cited. Begins with a slash. */
export function pageOf({ source, citation }: Cited): string {
  if (!citation) return source.url;
  const [page = '', anchor] = source.url.split('#');
  const words = `${citation.start}-${citation.end}&w=${quoteDigest(citation.quote)}`;
  return `${page}?q=${words}${anchor === undefined ? '' : `#${anchor}`}`;
}

/** Document title and heading path, each name once: "RMM › Alerts". */
export function nameOf({ title, headings }: Pick<Source, 'title' | 'headings'>): string {
  return (headings[0] === title ? headings : [title, ...headings]).join(' › ');
}
