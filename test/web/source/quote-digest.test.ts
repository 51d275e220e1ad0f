import fc from 'fast-check';
import { expect, it } from 'vitest';
import { quoteDigest as serversDigest } from '../../../server/quote-digest.ts';
import { bareWords } from '../../../web/markdown/find-words.ts';
import { quoteDigest, withDigest } from '../../../web/source/quote-digest.ts';

it.each([
  ['An RMM watches devices.', 'k-vkls5'],
  ['', '0-0'],
  ['שלום 😀', '6-k1f8ru'],
])('%j has one digest on both sides', (quote, digest) => {
  expect([quoteDigest(quote), serversDigest(quote)]).toEqual([digest, digest]);
});

it('is the same on both sides for any words, and finds them in any text, whatever the spaces', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 1 }), fc.string(), (before, quote, after) => {
      const digest = quoteDigest(quote);
      expect(serversDigest(quote)).toBe(digest);
      const words = bareWords(quote);
      fc.pre(words !== '');
      const text = `${before}${words}${after}`;
      const places = [...(withDigest(digest)?.placesIn(text) ?? [])];
      expect(places).toContain(before.length);
      expect(places.every((at) => text.slice(at, at + words.length) === words)).toBe(true);
    }),
  );
});

it.each(['', '5', '5-', 'Z-1', '5-x!', '-', '1234567-1'])('%j is no digest', (text) => {
  expect(withDigest(text)).toBeUndefined();
});
