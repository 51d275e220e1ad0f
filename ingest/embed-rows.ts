import { contextOf } from '../knowledge/document.ts';
import type { Embedder, Passage } from '../knowledge/embedder.ts';
import type { ChunkRow } from '../knowledge/store-schema.ts';
import type { ChunkVectors } from '../knowledge/store-writer.ts';
import type { IdentifiedChunk, Placement } from './plan-changes.ts';

/**
 * Gives each new row its vectors: from the rows that have them, else from the model. A source row that
 * can't be found is no fault; its vectors are made again. `onEmbedded` hears how many more were made.
 */
export async function embedRows({
  reuse,
  embed,
  vectorsOf,
  embedder,
  onEmbedded,
  signal,
}: Pick<Placement, 'reuse' | 'embed'> & {
  vectorsOf: (ids: readonly string[]) => Promise<ReadonlyMap<string, ChunkVectors>>;
  embedder: Embedder;
  onEmbedded: (passages: number) => void;
  signal?: AbortSignal | undefined;
}): Promise<ChunkRow[]> {
  const fresh = new Set(embed.map((row) => row.id));
  const elsewhere = [...new Set(reuse.map(({ from }) => from))].filter((id) => !fresh.has(id));
  const vectors = new Map(await vectorsOf(elsewhere));
  const orphans = reuse.filter(({ from }) => !fresh.has(from) && !vectors.has(from)).map(({ row }) => row);
  const passages = [...embed, ...orphans];
  for (let at = 0; at < passages.length; at += partSize) {
    const part = passages.slice(at, at + partSize);
    const embeddings = await embedder.embedPassages(part.map(toPassage), signal);
    for (const [index, { vector, sentences }] of embeddings.entries()) {
      const row = part[index];
      if (row) vectors.set(row.id, { vector, sentenceVectors: sentences.map(toInt8) });
    }
    onEmbedded(part.length);
  }
  const withVectors = (row: IdentifiedChunk, from: string): ChunkRow => {
    const found = vectors.get(row.id) ?? vectors.get(from);
    if (!found) throw new Error(`no vectors for ${row.path} at ${row.start}`);
    return { ...row, ...found };
  };
  return [
    ...embed.map((row) => withVectors(row, row.id)),
    ...reuse.map(({ row, from }) => withVectors(row, from)),
  ];
}

/** Enough for batches of like length, few enough for a progress bar that moves. */
const partSize = 128;

function toPassage(row: IdentifiedChunk): Passage {
  return { context: contextOf(row), sentences: row.sentences.map((sentence) => sentence.text) };
}

/** A unit vector times 127, a quarter of the space; cosines stay right to about 0.002. */
export function toInt8(vector: Float32Array): Int8Array {
  const compact = new Int8Array(vector.length);
  for (let at = 0; at < vector.length; at++)
    compact[at] = Math.max(-127, Math.min(127, Math.round((vector[at] ?? 0) * 127)));
  return compact;
}
