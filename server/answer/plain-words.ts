import type { Range } from '../../knowledge/document.ts';

/**
 * A word or symbol as it is compared: lower case, straight quotes, numbers without thousands commas.
 * The range is in the text given, plus the offset given.
 */
export type Word = Range & {
  readonly norm: string;
  /** Punctuation before it: 2 ends a sentence, table cell or paragraph (or is a colon), 1 only parts clauses. */
  readonly breakBefore: 0 | 1 | 2;
};

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');
const blankAround = (whole: string, kept: string): string => {
  const at = whole.indexOf(kept);
  return kept === '' || at < 0
    ? blank(whole)
    : blank(whole.slice(0, at)) + kept + blank(whole.slice(at + kept.length));
};

/** The end of a link target that opens at `open` with "(", or -1. Targets may hold Liquid tags and spaces. */
function closeOf(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length && at < open + 2_000; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')' && --depth === 0) return at + 1;
    if (text[at] === '\n' && text[at + 1] === '\n') return -1;
  }
  return -1;
}

function maskLinks(text: string): string {
  let out = text;
  for (let at = out.indexOf(']('); at >= 0; at = out.indexOf('](', at + 1)) {
    const end = closeOf(out, at + 1);
    const open = out.lastIndexOf('[', at);
    if (end < 0 || open < 0) continue;
    const bang = out[open - 1] === '!' ? 1 : 0;
    out =
      out.slice(0, open - bang) +
      ' '.repeat(1 + bang) +
      out.slice(open + 1, at) +
      blank(out.slice(at, end)) +
      out.slice(end);
  }
  return out;
}

/**
 * The text with Markdown's marks, link targets, HTML tags and Liquid tags replaced by spaces: same
 * length, so offsets hold. Line breaks and table pipes stay.
 */
export function maskMarkdown(text: string): string {
  return maskLinks(text)
    .replace(/<!--[\s\S]*?-->/g, blank)
    .replace(/\{%-?\s*(\w+)([^%]*)%\}/g, (whole, tag: string) => {
      const names = [...whole.matchAll(/"([^"]*)"/g)].map((found) => found[1] ?? '');
      return tag === 'slack_channel' ? blankAround(whole, names[0] ?? '') : blank(whole);
    })
    .replace(/<((?:https?|mailto):[^>\s]+)>/g, (whole, kept: string) => blankAround(whole, kept))
    .replace(/<\/?(?:td|th|tr|li|p|br|div|table)\b[^>]*>/gi, (whole) => `|${blank(whole.slice(1))}`)
    .replace(/<\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?\/?>/gi, blank)
    .replace(/^[ \t]*\[[^\]\n]+\]:[^\n]*$/gm, blank)
    .replace(/\]\[[^\]\n]*\]/g, blank)
    .replace(/\[\^[^\]\n]+\]/g, blank)
    .replace(/^[ \t>]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?(?:\[[ xX]\][ \t]+)?#{0,6}/gm, blank)
    .replace(/&(?:nbsp|amp|lt|gt|quot|#\d+);/g, (whole) => (whole === '&amp;' ? '&    ' : blank(whole)))
    .replace(/\\(?=[^\w\s])/g, ' ')
    .replace(/~~|[*`[\]]/g, blank)
    .replace(/(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, blank);
}

const WORD =
  /(?:(?<![\p{L}\p{N}.,])[-−](?=\.?\d))?\.?\d+(?:[.,:]\d+)*\p{L}*|[\p{L}\p{N}_]+(?:['’][\p{L}]+)*|[$€£%+=<>~^@&]/gu;
const STRONG_BREAK = /[.;:!?|—]|\s-{1,2}\s|\n[ \t]*\n/;
const WEAK_BREAK = /[,()–"“”]/;

function normalise(raw: string): string {
  if (raw === '&') return 'and';
  const word = raw.normalize('NFKC').toLowerCase().replace(/’/g, "'").replace(/−/g, '-');
  return /^-?\.?\d/.test(word) ? word.replace(/,(?=\d{3}(?!\d))/g, '') : word;
}

/** The words of already masked text, with their places moved by `offset`. */
export function wordsOfMasked(masked: string, offset = 0): Word[] {
  const words: Word[] = [];
  let last = 0;
  for (const found of masked.matchAll(WORD)) {
    const between = masked.slice(last, found.index);
    const end = found.index + found[0].length;
    words.push({
      norm: normalise(found[0]),
      start: found.index + offset,
      end: end + offset,
      breakBefore: words.length === 0 || STRONG_BREAK.test(between) ? 2 : WEAK_BREAK.test(between) ? 1 : 0,
    });
    last = end;
  }
  return words;
}

/** The words of Markdown text, with their places in it moved by `offset`. */
export function wordsOf(text: string, offset = 0): Word[] {
  return wordsOfMasked(maskMarkdown(text), offset);
}

/** Markdown as plain text in one line. Table cells are parted by " | ". */
export function plainText(text: string): string {
  return maskMarkdown(text)
    .replace(/\s+/g, ' ')
    .replace(/ (?=[.,;:!?)](?:\s|$))/g, '')
    .replace(/^[\s|]+|[\s|]+$/g, '')
    .replace(/\s*\|[\s|]*/g, ' | ')
    .trim();
}
