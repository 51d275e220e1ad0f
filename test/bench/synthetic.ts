import type { ChunkRow } from '../../knowledge/store-schema.ts';
import { makeRandom } from '../seeded-random.ts';

/** Made-up chunks: text whose words are as unevenly common as English, vectors in clusters as those of docs are. */
export type Synthetic = {
  rows(first: number, count: number): ChunkRow[];
  /** A question near a chunk: its vector shaken, and a few of its words. */
  question(): { readonly text: string; readonly vector: Float32Array };
};

const DIMENSIONS = 384;
const WORDS = 30_000;
const SENTENCES = 6;
const SENTENCE_WORDS = 20;
const CHUNKS_IN_CLUSTER = 50;

/** `total` chunks; the same `seed` gives the same. Vectors of a cluster have cosines of about 0.8. */
export function makeSynthetic(total: number, seed = 7): Synthetic {
  const clusters = Math.ceil(total / CHUNKS_IN_CLUSTER);
  const asking = makeRandom(seed);

  const wordsOf = (index: number) => {
    const random = makeRandom(seed + 1 + index);
    // Zipf's law with exponent 1.
    return Array.from(
      { length: SENTENCES * SENTENCE_WORDS },
      () => `w${Math.floor(Math.exp(random() * Math.log(WORDS)))}`,
    );
  };
  const vectorOf = (index: number) => {
    const centre = gaussian(makeRandom(seed * 1_000_003 + (index % clusters)));
    const own = gaussian(makeRandom(seed * 7_000_003 + index));
    return unit(centre.map((value, d) => value + 0.5 * (own[d] ?? 0)));
  };

  function row(index: number): ChunkRow {
    const words = wordsOf(index);
    const sentences = Array.from(
      { length: SENTENCES },
      (_, s) => `${words.slice(s * SENTENCE_WORDS, (s + 1) * SENTENCE_WORDS).join(' ')}.`,
    );
    const text = sentences.join(' ');
    const vector = vectorOf(index);
    const compact = Int8Array.from(vector, (value) => Math.round(value * 127));
    let at = 0;
    const ranges = sentences.map((sentence) => {
      const start = at;
      at += sentence.length + 1;
      return { kind: 'sentence' as const, block: 0, start, end: start + sentence.length, text: sentence };
    });
    const path = `part-${Math.floor(index / 100)}.md`;
    return {
      id: `id-${index}`,
      embedHash: `hash-${index}`,
      path,
      title: `Part ${Math.floor(index / 100)}`,
      section: index % 100,
      sectionHash: `section-${index}`,
      anchor: `section-${index % 100}`,
      headings: [`Section ${index % 100}`],
      start: 0,
      end: text.length,
      text,
      blocks: [{ kind: 'paragraph', start: 0, end: text.length }],
      sentences: ranges,
      changedAt: '2026-01-05T08:00:00.000Z',
      audience: [],
      vector,
      sentenceVectors: sentences.map(() => compact),
    };
  }

  return {
    rows: (first, count) => Array.from({ length: count }, (_, n) => row(first + n)),
    question() {
      const index = Math.floor(asking() * total);
      const words = wordsOf(index);
      const chosen = Array.from({ length: 6 }, () => words[Math.floor(asking() * words.length)] ?? '');
      const noise = gaussian(asking);
      const vector = unit(vectorOf(index).map((value, d) => value + 0.02 * (noise[d] ?? 0)));
      return { text: `${chosen.join(' ')}?`, vector };
    },
  };
}

function gaussian(random: () => number): Float32Array {
  return Float32Array.from({ length: DIMENSIONS }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return radius * Math.cos(2 * Math.PI * random());
  });
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
