import type { Range } from '../../knowledge/document.ts';
import type { Question } from '../../knowledge/question.ts';
import type { Passage, PassageBlock, Unit } from './passage.ts';
import { scoreUnit } from './score-block.ts';

/** A stretch of source text that is quoted as it stands; `plain` where the source is HTML. */
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

/** A paragraph up to this long is quoted whole, else the best sentence with its neighbours. */
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
  return block?.kind === 'paragraph' && /:\W*$/.test(block.units.at(-1)?.text ?? '');
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
    : [aroundBest(question, block, Math.min(CUT_PARAGRAPH, Math.max(room, 25)))];
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

/** The best sentence, then those after it, then those before it, while they fit. */
function aroundBest(question: Question, block: PassageBlock, limit: number): QuotePiece {
  const { units } = block;
  const best = bestOf(question, units);
  let [from, to] = [best, best];
  let words = countWords(units[best]?.text ?? '');
  const fits = (i: number) => {
    const unit = units[i];
    const more = unit ? countWords(unit.text) : Number.POSITIVE_INFINITY;
    if (words + more > limit) return false;
    words += more;
    return true;
  };
  while (fits(to + 1)) to++;
  while (fits(from - 1)) from--;
  const [first, last] = [units[from], units[to]];
  if (!first || !last) throw new RangeError('a block without units has no quote');
  return piece(block, first, last, from > 0);
}

/** The best entries in their order, under the table's header. */
function bestEntries(question: Question, block: PassageBlock): QuotePiece[] {
  const header = block.units.filter((unit) => unit.kind === 'header');
  const chosen = block.units
    .filter((unit) => unit.kind !== 'header')
    .map((unit) => ({ unit, score: scoreUnit(question, unit) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, BEST_ENTRIES)
    .map(({ unit }) => unit)
    .sort((a, b) => a.start - b.start);
  const top = header[0] ? [tableTop(block, header[0])] : [];
  return [
    ...top,
    ...chosen.map((unit) => {
      const gap =
        block.units.indexOf(unit) > 0 && !chosen.includes(block.units[block.units.indexOf(unit) - 1] ?? unit);
      return {
        ...lineOf(block, unit),
        gap: gap && block.kind === 'list',
        units: [unit],
        layout: 'lines' as const,
      };
    }),
  ];
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
function lineOf(block: PassageBlock, unit: Unit): Range & { text: string } {
  const part = partOf(block, unit);
  const before = part.text.slice(0, unit.start - part.start);
  const from = before.lastIndexOf('\n') + 1;
  const indent = /^[ \t]*/.exec(before.slice(from))?.[0].length ?? 0;
  const start = part.start + from + indent;
  const tail =
    unit.kind === 'row' ? (/^[^\n]*/.exec(part.text.slice(unit.end - part.start))?.[0].length ?? 0) : 0;
  const end = unit.end + tail;
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
  const top = Math.max(...entries.map((unit) => scoreUnit(question, unit)));
  return new Set(entries.filter((unit) => scoreUnit(question, unit) >= top - 0.3).slice(0, 2));
}

function bestOf(question: Question, units: readonly Unit[]): number {
  let best = 0;
  units.forEach((unit, i) => {
    const than = units[best];
    if (than && scoreUnit(question, unit) > scoreUnit(question, than)) best = i;
  });
  return best;
}

function range({ start, end }: Range): Range {
  return { start, end };
}

export function countWords(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}
