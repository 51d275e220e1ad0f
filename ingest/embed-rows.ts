import { contextOf } from '../knowledge/document.ts';
import type { Embedder, Passage } from '../knowledge/embedder.ts';
import type { ChunkRow } from '../knowledge/store-schema.ts';
import type { ChunkVectors } from '../knowledge/store-writer.ts';
import type { IdentifiedChunk, Placement } from './plan-changes.ts';

/**
 * Gives each new row its vectors: from the rows that have them, which may not be read before `earlier` is done,
 * else from the model, which doesn't wait for that. A source row that can't be found is no fault; its vectors
 * are made again. `onEmbedded` hears how many more were made.
 */
export async function embedRows({
  reuse,
  embed,
  earlier = Promise.resolve(),
  vectorsOf,
  embedder,
  onEmbedded,
  signal,
}: Pick<Placement, 'reuse' | 'embed'> & {
  earlier?: Promise<void>;
  vectorsOf: (ids: readonly string[]) => Promise<ReadonlyMap<string, ChunkVectors>>;
  embedder: Embedder;
  onEmbedded: (passages: number) => void;
  signal?: AbortSignal | undefined;
}): Promise<ChunkRow[]> {
  const vectors = new Map<string, ChunkVectors>();

  async function embedPart(part: readonly IdentifiedChunk[]): Promise<void> {
    const embeddings = await embedder.embedPassages(part.map(toPassage), signal);
    for (const [index, { vector, sentences }] of embeddings.entries()) {
      const row = part[index];
      if (row) vectors.set(row.id, { vector, sentenceVectors: sentences.map(toInt8) });
    }
    onEmbedded(part.length);
  }

  /** One part is ahead, so that the model never waits. */
  async function embedAll(rows: readonly IdentifiedChunk[]): Promise<void> {
    let before = Promise.resolve();
    for (let at = 0; at < rows.length; at += partSize) {
      const part = embedPart(rows.slice(at, at + partSize));
      part.catch(() => undefined);
      await before;
      before = part;
    }
    await before;
  }

  const embedding = embedAll(embed);
  embedding.catch(() => undefined);
  const fresh = new Set(embed.map((row) => row.id));
  const elsewhere = [...new Set(reuse.map(({ from }) => from))].filter((id) => !fresh.has(id));
  if (elsewhere.length > 0) {
    await earlier;
    for (const [id, found] of await vectorsOf(elsewhere)) vectors.set(id, found);
  }
  const orphans = reuse.filter(({ from }) => !fresh.has(from) && !vectors.has(from)).map(({ row }) => row);
  await embedding;
  await embedAll(orphans);
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

/** Enough for a request over a network, few enough for a progress bar that moves. */
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
