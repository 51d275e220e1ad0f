import { createHash } from 'node:crypto';
import type { Embedder, Passage } from '../../knowledge/embedder.ts';

export type FakeEmbedder = Embedder & {
  /** Every passage that it was given, in order. */
  readonly embedded: Passage[];
};

/** Unit vectors of 8 dimensions that depend on the text alone. */
export function makeFakeEmbedder(id = 'fake'): FakeEmbedder {
  const embedded: Passage[] = [];
  return {
    id,
    dimensions: 8,
    embedded,
    embedQuery: async (text) => vectorOf(text),
    async embedPassages(passages, signal) {
      signal?.throwIfAborted();
      embedded.push(...passages);
      return passages.map(({ context, sentences }) => ({
        vector: vectorOf([context, ...sentences].join('\n')),
        sentences: sentences.map(vectorOf),
      }));
    },
    close: async () => undefined,
  };
}

function vectorOf(text: string): Float32Array {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 8);
  const values = Float32Array.from(bytes, (byte) => byte - 127.5);
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}
