import type { Nodes, RootContent, Table } from 'mdast';
import { CHUNK_TOKENS } from '../knowledge/chunker-id.ts';
import type { Block, BlockKind, Chunk, Range, Sentence } from '../knowledge/document.ts';
import { citeUnits, type Unit } from './cite-units.ts';
import { firstFrom } from './first-from.ts';
import { type ParsedMarkdown, rangeOf } from './parse-markdown.ts';

/** Counts a text's model tokens, special tokens left out: those of its words between white space, added up. */
export type CountTokens = (text: string) => number;

/** What a chunk says about its own text; the document adds the rest. */
export type CutChunk = Range & Pick<Chunk, 'blocks' | 'sentences'>;

/** A last chunk smaller than this takes over a piece of the one before. */
const TINY_TOKENS = 40;

/** A block with its units, and the pieces that it may be cut into: one, if it fits a chunk whole. */
type Cuttable = Range & {
  readonly kind: BlockKind;
  readonly ordered?: boolean;
  readonly units: readonly Unit[];
  readonly pieces: readonly Range[];
  readonly leadsIn: boolean;
};

type Piece = Range & { readonly block: number; readonly leadsIn: boolean };
type Fits = (range: Range) => boolean;

/**
 * A section's blocks as chunks: whole blocks, filled in order up to `CHUNK_TOKENS`. A larger block is cut
 * between rows, items, lines or sentences. The heading is part of the first chunk, if both fit. No chunk
 * for a section without prose. `countRange` counts the model tokens of a range of the source.
 */
export function splitSection(
  nodes: readonly RootContent[],
  parsed: ParsedMarkdown,
  countRange: (range: Range) => number,
): CutChunk[] {
  const fits = (range: Range) => countRange(range) <= CHUNK_TOKENS;
  const isTiny = (range: Range) => countRange(range) < TINY_TOKENS;
  const blocks = nodes.flatMap((node) => cuttable(node, parsed, fits) ?? []);
  const pieces = blocks.flatMap((block, index) =>
    block.pieces.map((piece): Piece => ({ ...piece, block: index, leadsIn: block.leadsIn })),
  );
  const heading = nodes.find((node) => node.type === 'heading');
  const first = pieces[0];
  if (heading && first) {
    const headed = { ...first, start: rangeOf(heading).start };
    if (fits(headed)) pieces[0] = headed;
  }
  const started = new Set<number>();
  return feedTail(fill(pieces, fits), fits, isTiny).map((group) => {
    const chunk = makeChunk(group, blocks, started);
    for (const piece of group) started.add(piece.block);
    return chunk;
  });
}

function cuttable(node: RootContent, parsed: ParsedMarkdown, fits: Fits): Cuttable | undefined {
  const kind = kindOf(node);
  const units = kind ? citeUnits(node, parsed, fits) : [];
  if (!kind || units.length === 0) return undefined;
  const holdsWords = (range: Range) =>
    (units[firstIn(units, range)]?.end ?? Number.POSITIVE_INFINITY) <= range.end;
  return {
    ...rangeOf(node),
    kind,
    ...(node.type === 'list' ? { ordered: node.ordered === true } : {}),
    units,
    pieces: piecesOf(node, units, fits).filter(holdsWords),
    leadsIn: kind === 'paragraph' && /[:：]$/.test(units.at(-1)?.text ?? ''),
  };
}

function kindOf(node: RootContent): BlockKind | undefined {
  switch (node.type) {
    case 'paragraph':
    case 'footnoteDefinition':
      return 'paragraph';
    case 'blockquote':
      return 'quote';
    case 'list':
    case 'table':
    case 'code':
    case 'html':
      return node.type;
    default:
      return undefined;
  }
}

/** The block whole if it fits, else the smallest set of parts that do; together they cover the block. */
function piecesOf(node: Nodes, units: readonly Unit[], fits: Fits): Range[] {
  const whole = rangeOf(node);
  if (fits(whole)) return [whole];
  if (node.type === 'table') return spread(tablePieces(node, fits), whole, fits);
  if (
    node.type === 'list' ||
    node.type === 'listItem' ||
    node.type === 'blockquote' ||
    node.type === 'footnoteDefinition'
  ) {
    return spread(
      (node.children as readonly Nodes[]).flatMap((child) => piecesOf(child, units, fits)),
      whole,
      fits,
    );
  }
  return spread(unitsIn(units, whole), whole, fits);
}

/** The units inside a range; they are in order and don't overlap. */
function unitsIn(units: readonly Unit[], range: Range): Unit[] {
  const found: Unit[] = [];
  for (let index = firstIn(units, range); index < units.length; index += 1) {
    const unit = units[index];
    if (!unit || unit.end > range.end) break;
    found.push(unit);
  }
  return found;
}

function firstIn(units: readonly Unit[], range: Range): number {
  return firstFrom(units, range.start, ({ start }) => start);
}

/** The rows; the first one keeps the header with it if both fit. */
function tablePieces(table: Table, fits: Fits): Range[] {
  const [head, first, ...rest] = table.children.map(rangeOf);
  if (!head || !first) return [rangeOf(table)];
  const headed = { start: head.start, end: first.end };
  return fits(headed) ? [headed, ...rest] : [head, first, ...rest];
}

/** The pieces with the first and the last one drawn out to the edges of the whole, where that fits. */
function spread(pieces: readonly Range[], whole: Range, fits: Fits): Range[] {
  return pieces.map((piece, index) => {
    const start = index === 0 ? whole.start : piece.start;
    const end = index === pieces.length - 1 ? whole.end : piece.end;
    return fits({ start, end }) ? { start, end } : piece;
  });
}

/** Fills groups in order; a lead-in goes with what it leads to where they fit together. */
function fill(pieces: readonly Piece[], fits: Fits): Piece[][] {
  const groups: Piece[][] = [];
  for (const [index, piece] of pieces.entries()) {
    const group = groups.at(-1);
    const start = group?.[0]?.start ?? piece.start;
    const next = pieces[index + 1];
    const together = piece.leadsIn && next !== undefined && fits({ start: piece.start, end: next.end });
    const end = together ? next.end : piece.end;
    if (group && fits({ start, end })) group.push(piece);
    else groups.push([piece]);
  }
  return groups;
}

/** A tiny last group takes over the piece before it, if that leaves the other group enough. */
function feedTail(groups: Piece[][], fits: Fits, isTiny: Fits): Piece[][] {
  const tail = groups.at(-1);
  const before = groups.at(-2);
  const moved = before?.at(-1);
  const kept = before?.at(-2);
  if (!tail || !before || !moved || !kept || kept.leadsIn || !isTiny(spanOf(tail))) return groups;
  const fed = [moved, ...tail];
  const rest = before.slice(0, -1);
  return fits(spanOf(fed)) && !isTiny(spanOf(rest)) ? [...groups.slice(0, -2), rest, fed] : groups;
}

function spanOf(pieces: readonly Range[]): Range {
  return { start: pieces[0]?.start ?? 0, end: pieces.at(-1)?.end ?? 0 };
}

function makeChunk(
  group: readonly Piece[],
  blocks: readonly Cuttable[],
  started: ReadonlySet<number>,
): CutChunk {
  const found: Block[] = [];
  const sentences: Sentence[] = [];
  for (const index of new Set(group.map((piece) => piece.block))) {
    const block = blocks[index];
    if (!block) continue;
    const part = spanOf(group.filter((piece) => piece.block === index));
    const range = { start: Math.max(part.start, block.start), end: part.end };
    for (const unit of unitsIn(block.units, range)) sentences.push({ ...unit, block: found.length });
    found.push({
      ...range,
      kind: block.kind,
      ...(block.ordered === undefined ? {} : { ordered: block.ordered }),
      ...(started.has(index) ? { continued: true } : {}),
    });
  }
  return { ...spanOf(group), blocks: found, sentences };
}
