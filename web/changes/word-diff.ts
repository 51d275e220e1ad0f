import { diffWords } from 'diff';

/** A part of two texts laid over each other. `left out` stands for words that both have. */
export type Piece = { readonly kind: 'same' | 'added' | 'removed' | 'left out'; readonly text: string };

/** Looking for the smallest difference is given up after this many milliseconds. */
const TIMEOUT = 400;
/** With less than this share of the longer text in both, the two are better read one after the other. */
const LEAST_ALIKE = 0.25;
/** How many characters that both have are shown on each side of a difference. */
const AROUND = 160;

/**
 * The difference of two texts word by word, with long stretches that both have cut short. Spaces don't count.
 * Empty when nothing else differs; undefined when the two have too little in common.
 */
export function diffTexts(before: string, after: string): readonly Piece[] | undefined {
  const changes = diffWords(before, after, { timeout: TIMEOUT, ...segmenter() });
  if (!changes) return undefined;
  const pieces = changes.map(
    ({ value, added, removed }): Piece => ({
      kind: added ? 'added' : removed ? 'removed' : 'same',
      text: value,
    }),
  );
  if (pieces.every(({ kind }) => kind === 'same')) return [];
  const same = pieces.filter(({ kind }) => kind === 'same').reduce((sum, { text }) => sum + text.length, 0);
  if (same < LEAST_ALIKE * Math.max(before.length, after.length)) return undefined;
  return shorten(slide(joinChanges(pieces)));
}

/** Words as each language has them; the library's own rule knows Latin letters only. */
function segmenter(): { intlSegmenter?: Intl.Segmenter } {
  if (typeof Intl.Segmenter !== 'function') return {};
  return { intlSegmenter: new Intl.Segmenter(undefined, { granularity: 'word' }) };
}

/** A single word that both have between two changes is taken into them: "the" alone is no common ground. */
function joinChanges(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  let removed = '';
  let added = '';
  const flush = () => {
    if (removed !== '') joined.push({ kind: 'removed', text: removed });
    if (added !== '') joined.push({ kind: 'added', text: added });
    removed = '';
    added = '';
  };
  pieces.forEach(({ kind, text }, index) => {
    if (kind === 'removed') removed += text;
    else if (kind === 'added') added += text;
    else if (removed !== '' && added !== '' && isSlight(text) && isReplaced(pieces, index)) {
      removed += text;
      added += text;
    } else {
      flush();
      joined.push({ kind, text });
    }
  });
  flush();
  return joined;
}

function isSlight(text: string): boolean {
  return !text.includes('\n') && text.trim().split(/\s+/).length < 2;
}

/** What follows is words removed and others put in their place. */
function isReplaced(pieces: readonly Piece[], index: number): boolean {
  return pieces[index + 1]?.kind === 'removed' && pieces[index + 2]?.kind === 'added';
}

/** Whole lines rather than the end of one and the beginning of the next: where both are right, a change begins with its line. */
function slide(pieces: readonly Piece[]): Piece[] {
  const slid = [...pieces];
  for (let at = 1; at < slid.length - 1; at++) {
    const [before, change, after] = [slid[at - 1], slid[at], slid[at + 1]];
    if (!before || !change || !after || before.kind !== 'same' || after.kind !== 'same') continue;
    const back = before.text.length - before.text.lastIndexOf('\n') - 1;
    const line = change.text.slice(change.text.length - back);
    if (back === 0 || change.text.length <= back || !before.text.endsWith(`\n${line}`)) continue;
    slid[at - 1] = { kind: 'same', text: before.text.slice(0, -back) };
    slid[at] = { kind: change.kind, text: line + change.text.slice(0, -back) };
    slid[at + 1] = { kind: 'same', text: line + after.text };
  }
  return slid;
}

function shorten(pieces: readonly Piece[]): Piece[] {
  return pieces.flatMap((piece, index): Piece[] => {
    const { kind, text } = piece;
    const head = index === 0 ? 0 : wordEnd(text, AROUND);
    const tail = index === pieces.length - 1 ? text.length : wordStart(text, text.length - AROUND);
    if (kind !== 'same' || tail - head < AROUND / 2) return [piece];
    return [
      { kind: 'same' as const, text: text.slice(0, head) },
      { kind: 'left out' as const, text: text.slice(head, tail) },
      { kind: 'same' as const, text: text.slice(tail) },
    ].filter((part) => part.text !== '');
  });
}

function wordEnd(text: string, from: number): number {
  const space = text.slice(from).search(/\s/);
  return space < 0 ? text.length : from + space;
}

function wordStart(text: string, from: number): number {
  return Math.max(0, from <= 0 ? 0 : text.slice(0, from).search(/\S*$/));
}
