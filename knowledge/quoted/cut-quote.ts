import type { Range } from '../document.ts';
import type { Question } from '../question.ts';
import { announces } from './answer-shape.ts';
import type { Passage, PassageBlock, Unit } from './passage.ts';
import { scoreUnit } from './score-block.ts';

/** A stretch of source text that is quoted as it stands; of HTML, only the plain text of one unit. */
export type QuotePiece = Range & {
  readonly text: string;
  /** Something of the block was left out before this piece. */
  readonly gap: boolean;
  readonly units: readonly Unit[];
  readonly layout: 'flow' | 'lines';
};

/** What is read out of one section: pieces in order, and the units that answer. */
export type Quote = Range & {
  readonly passage: Passage;
  readonly blocks: readonly PassageBlock[];
  readonly pieces: readonly QuotePiece[];
  readonly keys: ReadonlySet<Unit>;
  /** Plain text of what is shown. */
  readonly text: string;
  readonly words: number;
};

/** A paragraph up to this long is quoted whole, else its best sentences up to the second length. */
const WHOLE_PARAGRAPH = 80;
const CUT_PARAGRAPH = 60;
/** A list or table up to this long is quoted whole, else the best entries. */
const WHOLE_LIST = 120;
const WHOLE_LIST_ASKED_FOR = 180;
const BEST_ENTRIES = 3;
/** A paragraph that announces a block is quoted whole up to this length, else its last sentence. */
const WHOLE_LEAD = 45;
const CODE_WORDS = 120;

/** Cuts the block at `index` to a quote that stands on its own: with its lead-in, a table with its header. */
export function cutQuote(
  question: Question,
  passage: Passage,
  index: number,
  room: number,
): Quote | undefined {
  const { blocks } = passage;
  const at = leadsIn(blocks[index]) && blocks[index + 1] ? index + 1 : index;
  const block = blocks[at];
  if (!block || block.units.length === 0) return undefined;
  const before = blocks[at - 1];
  const lead = block.kind !== 'paragraph' && leadsIn(before) ? before : undefined;
  const lastOfLead = lead?.units.at(-1);
  const shortLead = countWords(lead?.units.map((unit) => unit.text).join(' ') ?? '') <= WHOLE_LEAD;
  const firstOfLead = shortLead ? lead?.units[0] : lastOfLead;
  const body = piecesOf(question, block, room);
  const pieces = [
    ...(lead && firstOfLead && lastOfLead ? [piece(lead, firstOfLead, lastOfLead, !shortLead)] : []),
    ...body,
  ];
  const units = pieces.flatMap((each) => each.units);
  const text = units.map((unit) => unit.text).join(' ');
  const first = pieces[0];
  const last = pieces.at(-1);
  if (!first || !last) return undefined;
  return {
    passage,
    blocks: lead ? [lead, block] : [block],
    pieces,
    keys: keysOf(question, units),
    text,
    words: countWords(text),
    start: first.start,
    end: last.end,
  };
}

/** A paragraph that ends in a colon announces the block after it. */
function leadsIn(block: PassageBlock | undefined): boolean {
  return block?.kind === 'paragraph' && announces(block.units.at(-1)?.text ?? '');
}

function piecesOf(question: Question, block: PassageBlock, room: number): QuotePiece[] {
  const { units } = block;
  const [first, last] = [units[0], units.at(-1)];
  if (!first || !last) return [];
  const words = countWords(units.map((unit) => unit.text).join(' '));
  const asked = question.kind === 'list' || question.kind === 'steps' || question.kind === 'comparison';
  const entries = block.kind === 'list' || block.kind === 'table';
  const whole = entries
    ? asked
      ? WHOLE_LIST_ASKED_FOR
      : WHOLE_LIST
    : block.kind === 'code'
      ? CODE_WORDS
      : WHOLE_PARAGRAPH;
  if (words <= whole && words <= Math.max(room, CUT_PARAGRAPH)) return wholeOf(block);
  if (block.kind === 'code') return [];
  return entries
    ? bestEntries(question, block)
    : bestSentences(question, block, Math.min(CUT_PARAGRAPH, Math.max(room, 25)));
}

/** A block that was cut for embedding has several parts, each a stretch of source. */
function wholeOf(block: PassageBlock): QuotePiece[] {
  if (block.kind === 'html')
    return block.units.map((unit) => ({
      ...range(unit),
      text: unit.text,
      gap: false,
      units: [unit],
      layout: 'flow',
    }));
  return block.parts.map((part) => ({
    ...range(part),
    text: part.text,
    gap: false,
    units: block.units.filter((unit) => unit.start >= part.start && unit.end <= part.end),
    layout: block.kind === 'paragraph' ? 'flow' : 'lines',
  }));
}

/** A sentence beside one that is quoted already is worth this much more: it keeps the quote readable. */
const BESIDE = 0.5;
/** A sentence this far behind the best one isn't quoted unless it stands beside a quoted one. */
const FAR = 5;

/** The best sentences while they fit, those beside a quoted one first, as stretches in the text's order. */
function bestSentences(question: Question, block: PassageBlock, limit: number): QuotePiece[] {
  const { units } = block;
  const scores = units.map((unit) => scoreUnit(question, unit));
  const top = Math.max(...scores);
  const chosen = new Set<number>();
  let words = 0;
  for (;;) {
    const beside = (i: number) => chosen.has(i - 1) || chosen.has(i + 1);
    const next = units
      .map((unit, i) => ({
        i,
        words: countWords(unit.text),
        score: (scores[i] ?? 0) + (beside(i) ? BESIDE : 0),
      }))
      .filter(({ i }) => !chosen.has(i))
      .filter(
        (each) =>
          chosen.size === 0 || (words + each.words <= limit && (beside(each.i) || each.score > top - FAR)),
      )
      .sort((x, y) => y.score - x.score)[0];
    if (!next) break;
    chosen.add(next.i);
    words += next.words;
  }
  return stretchesOf(block, chosen);
}

function stretchesOf(block: PassageBlock, chosen: ReadonlySet<number>): QuotePiece[] {
  const { units } = block;
  const pieces: QuotePiece[] = [];
  for (let from = 0; from < units.length; from++) {
    const first = units[from];
    if (!chosen.has(from) || !first) continue;
    let to = from;
    while (chosen.has(to + 1) && inOnePart(block, first, units[to + 1])) to++;
    pieces.push(piece(block, first, units[to] ?? first, from > 0));
    from = to;
  }
  return pieces;
}

function inOnePart(block: PassageBlock, a: Unit, b: Unit | undefined): boolean {
  return b !== undefined && partOf(block, a) === partOf(block, b);
}

/** The best entries in their order, under the table's header. */
function bestEntries(question: Question, block: PassageBlock): QuotePiece[] {
  const header = block.units.filter((unit) => unit.kind === 'header');
  const best = (units: readonly Unit[]) => Math.max(...units.map((unit) => scoreUnit(question, unit)));
  const chosen = entriesOf(block)
    .sort((a, b) => best(b) - best(a))
    .slice(0, BEST_ENTRIES)
    .sort((a, b) => (a[0]?.start ?? 0) - (b[0]?.start ?? 0));
  const top = header[0] ? [tableTop(block, header[0])] : [];
  const lines = chosen.flatMap((units) => {
    const [first, last] = [units[0], units.at(-1)];
    return first && last
      ? { ...lineOf(block, first, last), gap: false, units, layout: 'lines' as const }
      : [];
  });
  return [...top, ...lines];
}

/** Rows one by one, items with all their sentences, as far as they were not parted for embedding. */
function entriesOf(block: PassageBlock): Unit[][] {
  const entries: Unit[][] = [];
  for (const unit of block.units) {
    if (unit.kind === 'header') continue;
    const before = entries.at(-1);
    const last = before?.at(-1);
    const goesOn = unit.kind !== 'row' && last && partOf(block, last) === partOf(block, unit);
    if (before && goesOn && !opensItem(block, unit)) before.push(unit);
    else entries.push([unit]);
  }
  return entries;
}

/** Before the unit, its line holds a list mark and nothing else. */
function opensItem(block: PassageBlock, unit: Unit): boolean {
  return /(?:^|\n)[ \t>]*(?:[-*+]|\d+[.)])[ \t]+(?:\[[ xX]\][ \t]+)?[^\p{L}\p{N}\n]*$/u.test(
    textBefore(block, unit),
  );
}

function textBefore(block: PassageBlock, unit: Unit): string {
  const part = partOf(block, unit);
  return part.text.slice(0, unit.start - part.start);
}

/** The header row and the line of dashes under it. */
function tableTop(block: PassageBlock, header: Unit): QuotePiece {
  const part = partOf(block, header);
  const lines = part.text
    .slice(header.start - part.start)
    .split('\n', 2)
    .join('\n');
  const start =
    header.start - (part.text.slice(0, header.start - part.start).match(/[|\t ]*$/)?.[0].length ?? 0);
  return {
    start,
    end: header.start + lines.length,
    text: part.text.slice(start - part.start, header.start - part.start) + lines,
    gap: false,
    units: [header],
    layout: 'lines',
  };
}

/** An entry from its list mark or first cell border to its end. */
function lineOf(block: PassageBlock, first: Unit, last: Unit): Range & { text: string } {
  const part = partOf(block, first);
  const before = textBefore(block, first);
  const from = before.lastIndexOf('\n') + 1;
  const indent = /^[ \t]*/.exec(before.slice(from))?.[0].length ?? 0;
  const whole = first.kind === 'row' || opensItem(block, first);
  const start = whole ? part.start + from + indent : first.start;
  const tail =
    last.kind === 'row' ? (/^[^\n]*/.exec(part.text.slice(last.end - part.start))?.[0].length ?? 0) : 0;
  const end = last.end + tail;
  return { start, end, text: part.text.slice(start - part.start, end - part.start) };
}

function piece(block: PassageBlock, first: Unit, last: Unit, gap: boolean): QuotePiece {
  const part = partOf(block, first);
  const end = Math.min(last.end, part.end);
  const units = block.units.filter((unit) => unit.start >= first.start && unit.end <= end);
  return {
    start: first.start,
    end,
    text: part.text.slice(first.start - part.start, end - part.start),
    gap,
    units,
    layout: 'flow',
  };
}

function partOf(block: PassageBlock, unit: Unit): Range & { readonly text: string } {
  const part = block.parts.find(({ start, end }) => unit.start >= start && unit.end <= end) ?? block.parts[0];
  if (!part) throw new RangeError('a block without parts has no text');
  return part;
}

/** The unit that answers best, and those that are nearly as good. */
function keysOf(question: Question, units: readonly Unit[]): ReadonlySet<Unit> {
  const entries = units.filter((unit) => unit.kind !== 'header' && !unit.text.endsWith(':'));
  const scores = entries.map((unit) => scoreUnit(question, unit));
  const top = Math.max(...scores);
  return new Set(entries.filter((_, i) => (scores[i] ?? 0) >= top - 0.3).slice(0, 2));
}

function range({ start, end }: Range): Range {
  return { start, end };
}

export function countWords(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}
