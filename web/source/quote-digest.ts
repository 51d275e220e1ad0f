import { bareWords, type Wanted } from '../markdown/find-words.ts';

/** The prime of FNV-1a, 32 bit. */
const FACTOR = 16_777_619;

function add(sum: number, code: number): number {
  return (Math.imul(sum, FACTOR) + code) | 0;
}

/**
 * Tells a quote's words from others, whatever the spaces, colons and semicolons in it: `LENGTH-SUM`, both to base
 * 36. The server makes the same for its links in `server/quote-digest.ts`.
 */
export function quoteDigest(quote: string): string {
  const words = bareWords(quote);
  let sum = 0;
  for (let i = 0; i < words.length; i++) sum = add(sum, words.charCodeAt(i));
  return `${words.length.toString(36)}-${(sum >>> 0).toString(36)}`;
}

/** The words that have a digest; undefined for what is none. */
export function withDigest(digest: string): Wanted | undefined {
  const [, size, sum] = /^([0-9a-z]{1,6})-([0-9a-z]{1,7})$/.exec(digest) ?? [];
  if (size === undefined || sum === undefined) return undefined;
  const [length, wanted] = [Number.parseInt(size, 36), Number.parseInt(sum, 36) | 0];
  return { length, placesIn: (text) => placesOf(text, length, wanted) };
}

/** Slides a window over the text: what comes in is added to the sum, what goes out is taken from it. */
function* placesOf(text: string, length: number, wanted: number): Generator<number> {
  if (length === 0 || length > text.length) return;
  let sum = 0;
  let weight = 1;
  for (let i = 0; i < length; i++) {
    sum = add(sum, text.charCodeAt(i));
    weight = Math.imul(weight, FACTOR);
  }
  for (let at = 0; ; at++) {
    if (sum === wanted) yield at;
    if (at + length >= text.length) return;
    sum = (add(sum, text.charCodeAt(at + length)) - Math.imul(weight, text.charCodeAt(at))) | 0;
  }
}
