import { type Chunk, contextOf } from '../knowledge/document.ts';
import { sha256 } from '../knowledge/sha256.ts';

/** A chunk with the two hashes that decide what becomes of it. */
export type IdentifiedChunk = Chunk & {
  /** Of all that its row holds but the vectors: a row with this id is the very same. */
  readonly id: string;
  /** Of all that its vectors depend on. */
  readonly embedHash: string;
};

export type ExistingChunk = { readonly id: string; readonly path: string; readonly embedHash: string };

/** What becomes of the chunks of one document. */
export type Placement = {
  /** Rows that are there already. */
  readonly kept: number;
  /** New rows whose vectors another row has; `from` is its id, there before or placed earlier. */
  readonly reuse: readonly { readonly row: IdentifiedChunk; readonly from: string }[];
  readonly embed: readonly IdentifiedChunk[];
};

export type Plan = {
  /** Chunks wanted in the index, a document at a time. */
  place(rows: readonly IdentifiedChunk[]): Placement;
  /** All rows of the document stay as they are. */
  keepPath(path: string): void;
  /** Ids of existing rows that nothing placed or kept. */
  obsolete(): string[];
};

/** Diffs what is wanted against what exists, document by document. Knows nothing of store or model. */
export function planChanges(existing: readonly ExistingChunk[]): Plan {
  const ids = new Set<string>();
  const sources = new Map<string, string>();
  for (const { id, embedHash } of existing) {
    ids.add(id);
    sources.set(embedHash, id);
  }
  const wanted = new Set<string>();
  const keptPaths = new Set<string>();
  return {
    place(rows) {
      const reuse: { row: IdentifiedChunk; from: string }[] = [];
      const embed: IdentifiedChunk[] = [];
      let kept = 0;
      for (const row of rows) {
        const from = sources.get(row.embedHash);
        if (wanted.has(row.id)) continue;
        wanted.add(row.id);
        if (ids.has(row.id)) kept++;
        else if (from !== undefined) reuse.push({ row, from });
        else {
          embed.push(row);
          sources.set(row.embedHash, row.id);
        }
      }
      return { kept, reuse, embed };
    },
    keepPath(path) {
      keptPaths.add(path);
    },
    obsolete() {
      return existing.flatMap(({ id, path }) => (wanted.has(id) || keptPaths.has(path) ? [] : [id]));
    },
  };
}

/** `embedder` is the id of the model that will embed it. */
export function identifyChunk(chunk: Chunk, embedder: string): IdentifiedChunk {
  const { path, title, section, sectionHash, anchor, headings, start, end, text, blocks, sentences } = chunk;
  const place = [path, title, section, sectionHash, anchor, headings, start, end];
  return {
    ...chunk,
    id: hashOf([place, chunk.changedAt, chunk.audience, text, blocks, sentences]),
    embedHash: hashOf([embedder, contextOf(chunk), sentences.map((sentence) => sentence.text)]),
  };
}

/** 128 bits of SHA-256, hex: no two rows of an index will ever share them by chance. */
export function hashOf(value: unknown): string {
  return sha256(JSON.stringify(value)).slice(0, 32);
}
