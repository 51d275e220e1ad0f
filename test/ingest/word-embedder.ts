import type { Embedder } from '../../knowledge/embedder.ts';
import { terms } from '../../knowledge/terms.ts';

const DIMENSIONS = 256;

/** Vectors of the words in a text: the more two texts share, the nearer they are. */
export function makeWordEmbedder(): Embedder {
  return {
    id: 'words',
    dimensions: DIMENSIONS,
    embedQuery: async (text) => vectorOf(text),
    embedPassages: async (passages) =>
      passages.map(({ context, sentences }) => ({
        vector: vectorOf([context, ...sentences].join(' ')),
        sentences: sentences.map(vectorOf),
      })),
    close: async () => undefined,
  };
}

function vectorOf(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  // One dimension that all texts share keeps a text without words from having no direction.
  vector[0] = 0.1;
  for (const term of terms(text)) {
    let hash = 7;
    for (const letter of term) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
    vector[1 + (hash % (DIMENSIONS - 1))] = 1;
  }
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
