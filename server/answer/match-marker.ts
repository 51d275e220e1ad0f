/** What stands at an opening bracket: a citation, nothing of the kind, or too little text to tell. */
export type MarkerMatch =
  | { readonly kind: 'marker'; readonly end: number; readonly numbers: readonly number[] }
  | { readonly kind: 'text' }
  | { readonly kind: 'more' };

const CLOSING: Readonly<Record<string, string>> = { '[': ']', '【': '】', '［': '］' };
const LABELS = ['source', 'src', 'passage', 'document', 'doc', 'citation', 'cite', 'reference', 'ref'];
const LONGEST_MARKER = 160;
const LONGEST_LINK = 500;
const SEPARATOR = /\s*(?:[,;&/]|and)\s*/;
const RANGE = /\s*(?:to|[-–—])\s*/;
const NUMBERS = `\\d{1,3}(?:(?:${SEPARATOR.source}|${RANGE.source})\\^?\\d{1,3})*`;
const INSIDE = new RegExp(
  `^\\s*[[【［]?\\s*((?:${LABELS.join('|')})s?\\s*[:#.]?\\s*)?[\\^#]?(${NUMBERS})\\s*([†:].*?)?[\\]】］]?\\s*$`,
  'i',
);

/** True for the characters that may open a citation marker: `[`, `【` and `［`. */
export function opensMarker(character: string | undefined): boolean {
  return character !== undefined && character in CLOSING;
}

/**
 * Reads the citation at `text[at]`, an opening bracket: `[1]`, `[1, 3]`, `[1-3]`, `[^1]`, `[[1]]`,
 * `[source 1]`, `[source 1: Title]`, `[1†source]`, `【1】`, with the link that may follow. `more` when the
 * text ends before all of that can be decided; never with `last`, when no more text comes.
 */
export function matchMarker(text: string, at: number, last: boolean): MarkerMatch {
  const depth = opensMarker(text[at + 1]) ? 2 : 1;
  let closed = 0;
  for (let end = at + 1; end < text.length; end++) {
    const character = text[end] ?? '';
    if (character === '\n' || character === '`' || end - at > LONGEST_MARKER) return { kind: 'text' };
    if (character in CLOSING && end > at + 1) return { kind: 'text' };
    if (Object.values(CLOSING).includes(character)) closed++;
    if (closed === depth) return whole(text, at + 1, end, last);
  }
  return !last && mayBecomeMarker(text.slice(at + 1)) ? { kind: 'more' } : { kind: 'text' };
}

function whole(text: string, start: number, close: number, last: boolean): MarkerMatch {
  const match = INSIDE.exec(text.slice(start, close));
  const [, label, list, note] = match ?? [];
  if (list === undefined || (note?.startsWith(':') && label === undefined)) return { kind: 'text' };
  const end = linkEnd(text, close + 1, last);
  return end === undefined ? { kind: 'more' } : { kind: 'marker', end, numbers: numbersOf(list) };
}

/** End of the link address at `at`, `at` itself if there is none, undefined if more text is needed. */
function linkEnd(text: string, at: number, last: boolean): number | undefined {
  if (at === text.length) return last ? at : undefined;
  if (text[at] !== '(') return at;
  const close = text.indexOf(')', at);
  const address = text.slice(at + 1, close < 0 ? text.length : close);
  if (/[\s[]/.test(address) || address.length > LONGEST_LINK) return at;
  if (close < 0) return last ? at : undefined;
  return address === '' || /[/.#:]/.test(address) ? close + 1 : at;
}

/** Whether a marker can begin like this; keeps ordinary brackets from being held back. */
function mayBecomeMarker(inside: string): boolean {
  const start = inside.replace(/^\s*[[【［]?\s*/, '').toLowerCase();
  const word = /^[a-z]*/.exec(start)?.[0] ?? '';
  const rest = start.slice(word.length);
  if (word === '') return /^[\^#]?(?:\d{1,3}(?!\d).*)?$/.test(rest);
  if (rest === '') return LABELS.some((label) => `${label}s`.startsWith(word));
  return (
    LABELS.some((label) => word === label || word === `${label}s`) &&
    /^\s*[:#.]?\s*(?:[\^#]?\d.*)?$/.test(rest)
  );
}

/** `1, 3-5` as 1, 3, 4, 5; a range that runs backwards or far counts as its two ends. */
function numbersOf(list: string): number[] {
  return list.split(SEPARATOR).flatMap((part) => {
    const ends = part.split(RANGE).map((end) => Number(end.replace('^', '')));
    const [first = 0, second = first] = ends;
    if (ends.length !== 2 || second < first || second - first > 10) return ends;
    return Array.from({ length: second - first + 1 }, (_, step) => first + step);
  });
}
