import type { Audience } from './audience.ts';
import type { ChunkTerms } from './chunk-terms.ts';
import type { Chunk, Document, Section } from './document.ts';
import type { IngestRun } from './store-runs.ts';

/** What identifies how an index was made; an index with another one can't be read rightly. */
export type Fingerprint = {
  readonly embedder: string;
  readonly dimensions: number;
  readonly chunker: string;
};

/**
 * A chunk as stored. `terms.sentences[i]` and `sentenceVectors[i]`, an int8 vector (unit length x 127), are
 * those of `sentences[i]`.
 */
export type StoredChunk = Chunk & {
  readonly id: string;
  readonly terms: ChunkTerms;
  readonly vector: Float32Array;
  readonly sentenceVectors: readonly Int8Array[];
};

/** A search hit. `score`: cosine for vector search, BM25 for text search. */
export type ScoredChunk = { readonly chunk: StoredChunk; readonly score: number };

export type DocumentSummary = Pick<Document, 'path' | 'title' | 'changedAt' | 'audience'> & {
  readonly sections: readonly Section[];
};

/**
 * One whole version of the index, or what some may see of it: no read or count shows anything of documents
 * that are for others. Reads go to that version whatever is written meanwhile.
 */
export type Snapshot = {
  /** Grows by one with each commit of an ingest. */
  readonly version: number;
  readonly fingerprint: Fingerprint;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly chunkCount: number;
  /** Number of chunks that hold the term (as `terms()` gives it) in text or context. */
  chunksWith(term: string): number;
  searchVector(vector: Float32Array, k: number): Promise<ScoredChunk[]>;
  searchText(question: string, k: number): Promise<ScoredChunk[]>;
  /** All chunks of the given sections, in document order. */
  chunksOf(sections: readonly { readonly path: string; readonly section: number }[]): Promise<StoredChunk[]>;
  document(path: string): Promise<Document | undefined>;
  /** All documents without their source, by path. */
  documents(): Promise<DocumentSummary[]>;
};

/** The reading side of the index. */
export type StoreReader = {
  /**
   * The newest whole version; cheap to call for each question. `audiences`: only what is for everybody or
   * for one of these groups; without them, or with `all`, everything.
   * Throws `DocentError` `store_missing`, `store_mismatch` or `store_damaged`.
   */
  current(audiences?: Audience | 'all'): Promise<Snapshot>;
  /** What the last ingest came to, where it is told of. Throws `store_damaged`. */
  lastRun(): Promise<IngestRun | undefined>;
  close(): Promise<void>;
};
