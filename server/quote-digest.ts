/**
 * Tells a quote's words from others: `LENGTH-SUM`, both to base 36. A link carries it, so
 * that the page that it opens can tell whether the words are still there, and find them where they have moved to.
 * The client has the same in `web/source/quote-digest.ts`; a test holds the two together.
 */
export function quoteDigest(quote: string): string {
  const words = quote.replace(UNCOUNTED, '');
  let sum = 0;
  for (let i = 0; i < words.length; i++) sum = (Math.imul(sum, FACTOR) + words.charCodeAt(i)) | 0;
  return `${words.length.toString(36)}-${(sum >>> 0).toString(36)}`;
}

/** Spaces, and the signs that are put between the cells of a row where it is quoted. */
const UNCOUNTED = /[\s:;]+/g;

/** The prime of FNV-1a, 32 bit. */
const FACTOR = 16_777_619;
