/** What a template tag of the source is, and what a reader sees in its place. */
type Tag = { readonly source: string; readonly shown: string };

/** The source with every template tag replaced by a single "word" of the same length. */
export type MaskedSource = {
  readonly text: string;
  /** The part of the text as it stood in the source. */
  unmask(text: string): string;
  /** The part of the text as a reader sees it: a tag's argument, or nothing. */
  show(text: string): string;
  /** Length of the masked tag that the text holds at this index; 0 if none. */
  lengthAt(text: string, index: number): number;
};

/** Private-use characters: Markdown takes them for letters, and docs don't hold them. */
const OPEN = '\uE000';
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
 * moving anything: `[text]({% page "/x/" %})` parses as a link, and a heading in a comment isn't one.
 */
export function maskTags(source: string): MaskedSource {
  if (!source.includes('{') || source.includes(OPEN))
    return { text: source, unmask: same, show: same, lengthAt: () => 0 };
  const tags: Tag[] = [];
  const text = source.replace(TAGS, (tag) => {
    if (tags.length >= BASE * BASE || cutsFence(tag)) return tag;
    const index = tags.push({ source: tag, shown: shownFor(tag) }) - 1;
    const high = String.fromCharCode(DIGITS + Math.floor(index / BASE));
    const low = String.fromCharCode(DIGITS + (index % BASE));
    return OPEN + high + low + FILL.repeat(tag.length - 3);
  });
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
