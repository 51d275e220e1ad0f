import type { Quote, QuotePiece } from '../../knowledge/quoted/cut-quote.ts';
import type { Unit } from '../../knowledge/quoted/passage.ts';
import type { Claim } from '../events.ts';
import { escapeMarkdown, type Quotable, toQuotable } from './quote-markdown.ts';

/** A quoted unit as a statement of the answer. */
export type QuotedClaim = { readonly claim: Claim; readonly unit: Unit };

/** A piece of a quoted answer: its text, and the claims in it. */
export type QuotedPart = { readonly text: string; readonly claims: readonly QuotedClaim[] };

/**
 * The quotes as one answer in Markdown: each under its section's heading, with its citation behind it.
 * `numberOf` gives the source number of a quote.
 */
export function* quoteAnswer(
  quotes: readonly Quote[],
  numberOf: (quote: Quote) => number,
): Generator<QuotedPart> {
  let at = 0;
  let passage: Quote['passage'] | undefined;
  for (const quote of quotes) {
    const heading = quote.passage === passage ? '' : headingOf(quote);
    passage = quote.passage;
    const opening = `${at > 0 ? '\n\n' : ''}${heading}`;
    const part = partOf(quote, numberOf(quote), at + opening.length);
    yield { text: opening + part.text, claims: part.claims };
    at += opening.length + part.text.length;
  }
}

function headingOf({ passage }: Quote): string {
  const name = passage.headings.at(-1) ?? passage.title;
  return `**${escapeMarkdown(name.replace(/\s+/g, ' ').trim())}**\n\n`;
}

function partOf(quote: Quote, n: number, base: number): QuotedPart {
  let text = '';
  const claims: QuotedClaim[] = [];
  quote.pieces.forEach((piece, i) => {
    const before = quote.pieces[i - 1];
    if (before) text += separatorOf(before, piece, quote);
    if (piece.gap) text += '… ';
    const shown = isVerbatim(piece) ? toQuotable(piece.text, quote.passage.path) : plainly(piece);
    const start = base + text.length;
    for (const unit of piece.units) {
      claims.push({ unit, claim: claimOf(quote, piece, unit, n, (offset) => start + shown.at(offset)) });
    }
    text += shown.text;
  });
  const last = quote.pieces.at(-1);
  const block = quote.blocks.at(-1)?.kind;
  const closing =
    block === 'table' || block === 'code' || block === 'quote' || last === undefined ? '\n\n' : ' ';
  return { text: `${text.trimEnd()}${closing}[${n}]`, claims };
}

/** Text taken out of HTML has no offsets in common with its source. */
function isVerbatim({ text, start, end }: QuotePiece): boolean {
  return text.length === end - start;
}

function plainly(piece: QuotePiece): Quotable {
  const text = escapeMarkdown(piece.text);
  return { text, at: (offset) => (offset <= 0 ? 0 : text.length) };
}

function claimOf(
  quote: Quote,
  piece: QuotePiece,
  unit: QuotePiece['units'][number],
  n: number,
  place: (offset: number) => number,
): Claim {
  return {
    start: place(unit.start - piece.start),
    end: place(unit.end - piece.start),
    status: 'quoted',
    citations: [{ n, quote: unit.text, start: unit.start, end: unit.end }],
    ...(quote.keys.has(unit) && { key: true }),
  };
}

/** Stretches of one paragraph stay one paragraph, entries of one list one list. */
function separatorOf(before: QuotePiece, piece: QuotePiece, { blocks }: Quote): string {
  if (before.layout === 'lines' && piece.layout === 'lines') return '\n';
  return blocks.length === 1 && before.layout === 'flow' && piece.layout === 'flow' ? ' ' : '\n\n';
}
