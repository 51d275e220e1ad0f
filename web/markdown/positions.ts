import type { Node } from 'mdast';

/** Plain text and where each of its characters stands: `offsets[i]` for `value[i]`, one more for the end. */
export type TextRun = { readonly value: string; readonly offsets: readonly number[] };

const reference = /&(?:#x[0-9a-f]{1,6}|#\d{1,7}|[a-z][a-z0-9]{1,31});/iy;
const blockPrefix = /[ \t>]*/y;

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

/**
 * Maps a node's plain value back to the source it came from: past escapes, character references and
 * the indents and `>` of lines that continue. `start` and `end` bound the source.
 */
export function alignText(value: string, source: string, start: number, end: number): TextRun {
  if (source.startsWith(value, start) && start + value.length <= end) {
    return { value, offsets: Array.from({ length: value.length + 1 }, (_, i) => start + i) };
  }
  const offsets: number[] = [];
  let at = start;
  for (let i = 0; i < value.length; i++) {
    const char = value[i];
    if (source[at] === '\\' && (char !== '\\' || source[at + 1] === '\\')) at += 1;
    const length = source[at] === '&' ? matchAt(reference, source, at) : 0;
    const isReference = length > 0 && !value.startsWith(source.slice(at, at + length), i);
    if (!isReference && source[at] !== char) {
      const found = source.indexOf(char ?? '', at);
      if (found >= 0 && found < end) at = found;
    }
    offsets.push(Math.min(at, end));
    at += isReference ? length : 1;
    if (char === '\n') at += matchAt(blockPrefix, source, at) - leadingSpaces(value, i + 1);
  }
  offsets.push(Math.min(Math.max(at, start), end));
  return { value, offsets };
}

function leadingSpaces(value: string, from: number): number {
  return matchAt(/[ \t>]*/y, value, from);
}

/** The run of a text, inline code or code node; undefined when the parser gave it no position. */
export function runOf(
  node: Node & { readonly value: string },
  source: string,
  base: number,
): TextRun | undefined {
  const from = node.position?.start.offset;
  const to = node.position?.end.offset;
  if (from === undefined || to === undefined) return undefined;
  let start = base + from;
  const end = base + to;
  if (node.type === 'code') {
    const fenced = /^(`{3,}|~{3,})/.test(source.slice(start, start + 3));
    const newline = source.indexOf('\n', start);
    if (fenced && newline >= 0 && newline < end) start = newline + 1;
    start += leadingIndent(node.value, source, start);
  } else if (node.type === 'inlineCode') {
    const ticks = matchAt(/`+ ?/y, source, start);
    const exact = source.indexOf(node.value, start + Math.max(1, ticks - 1));
    start = exact >= 0 && exact < end ? exact : start + ticks;
  }
  return alignText(node.value, source, start, end);
}

function leadingIndent(value: string, source: string, at: number): number {
  return Math.max(0, matchAt(blockPrefix, source, at) - leadingSpaces(value, 0));
}

/** A part of a run, and which of the ranges it lies in. `start` and `end` are offsets in the source. */
export type Piece = {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Indices into the ranges given. */
  readonly inside: readonly number[];
};

/** Cuts a run at the borders of ranges of the source. The pieces' texts together are the run's. */
export function splitRun(
  run: TextRun,
  ranges: readonly { readonly start: number; readonly end: number }[],
): Piece[] {
  const first = run.offsets[0] ?? 0;
  const last = run.offsets[run.value.length] ?? first;
  const touching = ranges.flatMap((range, index) =>
    range.start < last && range.end > first
      ? [{ index, from: indexAt(run, range.start), to: indexAt(run, range.end) }]
      : [],
  );
  const cuts = new Set([0, run.value.length, ...touching.flatMap(({ from, to }) => [from, to])]);
  const borders = [...cuts].sort((a, b) => a - b);
  return borders.slice(0, -1).map((from, i) => {
    const to = borders[i + 1] ?? run.value.length;
    const inside = touching.filter((range) => range.from <= from && to <= range.to);
    return {
      text: run.value.slice(from, to),
      start: run.offsets[from] ?? first,
      end: run.offsets[to] ?? last,
      inside: inside.map((range) => range.index),
    };
  });
}

/** First index of the run that stands at or after a place in the source. */
function indexAt(run: TextRun, offset: number): number {
  let low = 0;
  let high = run.value.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((run.offsets[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
