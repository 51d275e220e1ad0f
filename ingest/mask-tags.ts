import type { Range } from '../knowledge/document.ts';
import { longTexts } from './long-lines.ts';

/** What a template tag of the source is, and what a reader sees in its place. */
type Tag = { readonly source: string; readonly shown: string };

/** The source with every template tag replaced by a single "word" of the same length. */
export type MaskedSource = {
  readonly text: string;
  /** The part of the text as it stood in the source. */
  unmask(text: string): string;
  /** The part of the text as a reader sees it: a tag's argument, or nothing. */
  show(text: string): string;
  /** Length of the masked tag or line that the text holds at this index; 0 if none. */
  lengthAt(text: string, index: number): number;
};

/** Private-use characters: Markdown takes them for letters, and docs don't hold them. */
export const OPEN = '\uE000';
const FILL = '\uE001';
const DIGITS = 0xe100;
const BASE = 1024;
const MASK = /\uE000([\uE100-\uE4FF])([\uE100-\uE4FF])\uE001*/g;
const MASK_AT = new RegExp(MASK.source, 'y');

/** Bounded, so that a file of nothing but openings takes no time. */
const LIQUID_COMMENT =
  /\{%-?\s{0,20}comment\s{0,20}-?%\}[\s\S]{0,10000}?\{%-?\s{0,20}endcomment\s{0,20}-?%\}/;
const MDX_COMMENT = /\{\/\*[\s\S]{0,10000}?\*\/\s{0,20}\}/;
const LIQUID_TAG = /\{%(?:[^%\n]|%(?!\})|\n(?!\s*\n)){0,600}%\}/;
const LIQUID_VALUE = /\{\{[^{}\n]{0,200}\}\}/;
const KRAMDOWN_ATTRIBUTES = /\{:[^{}\n]{1,200}\}/;
const TAGS = new RegExp(
  [LIQUID_COMMENT, MDX_COMMENT, LIQUID_TAG, LIQUID_VALUE, KRAMDOWN_ATTRIBUTES]
    .map((tag) => tag.source)
    .join('|'),
  'g',
);

/**
 * Hides Liquid tags, kramdown attributes and comments of Liquid and MDX from the Markdown parser without
 * moving anything: `[text]({% page "/x/" %})` parses as a link, and a heading in a comment isn't one. The text of
 * a line that no one wrote by hand is hidden too, and is shown as it is.
 */
export function maskTags(source: string): MaskedSource {
  const long = longTexts(source);
  const pieces = piecesAround(source, long);
  if ((long.length === 0 && !source.includes('{')) || pieces.some((piece) => piece.includes(OPEN)))
    return { text: source, unmask: same, show: same, lengthAt: () => 0 };
  const tags: Tag[] = [];
  const mask = (tag: Tag) => {
    const index = tags.push(tag) - 1;
    const high = String.fromCharCode(DIGITS + Math.floor(index / BASE));
    const low = String.fromCharCode(DIGITS + (index % BASE));
    return OPEN + high + low + FILL.repeat(tag.source.length - 3);
  };
  const maskPiece = (piece: string) =>
    piece.replace(TAGS, (tag) => {
      if (tags.length >= BASE * BASE || cutsFence(tag)) return tag;
      return mask({ source: tag, shown: shownFor(tag) });
    });
  const text = pieces
    .map((piece, index) => {
      const { start = 0, end = 0 } = long[index] ?? {};
      const hidden = source.slice(start, end);
      return maskPiece(piece) + (hidden === '' ? '' : mask({ source: hidden, shown: hidden }));
    })
    .join('');
  const put = (part: string, write: (tag: Tag) => string) =>
    part.replace(MASK, (whole, high: string, low: string) => {
      const tag = tags[(high.charCodeAt(0) - DIGITS) * BASE + low.charCodeAt(0) - DIGITS];
      return tag ? write(tag) : whole;
    });
  return {
    text,
    unmask: (part) => put(part, (tag) => tag.source),
    show: (part) => put(part, (tag) => tag.shown),
    lengthAt: (part, index) => {
      if (part[index] !== OPEN) return 0;
      MASK_AT.lastIndex = index;
      return MASK_AT.exec(part)?.[0].length ?? 0;
    },
  };
}

/** The text before, between and after some ranges. */
function piecesAround(source: string, ranges: readonly Range[]): string[] {
  const starts = [0, ...ranges.map(({ end }) => end)];
  return starts.map((start, index) => source.slice(start, ranges[index]?.start));
}

/** Hiding one fence line of a pair would turn the rest of the document inside out. */
function cutsFence(tag: string): boolean {
  return (tag.match(/^[ >]*(?:```|~~~)/gm)?.length ?? 0) % 2 === 1;
}

function shownFor(tag: string): string {
  if (tag.startsWith('{{')) return tag;
  const [, name, rest = ''] = /^\{%-?\s*([\w-]+)([\s\S]*?)-?%\}$/.exec(tag) ?? [];
  const words = [...rest.matchAll(/"([^"]*)"|'([^']*)'/g)].map((match) => match[1] ?? match[2] ?? '');
  switch (name) {
    case 'slack_channel':
    case 'alert':
      return words[0] ?? '';
    case 'image':
      return words[1] ?? '';
    case 'image_with_class':
      return words[2] ?? '';
    default:
      return '';
  }
}

function same(text: string): string {
  return text;
}
