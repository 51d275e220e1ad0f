import type { Connection } from '@lancedb/lancedb';
import type { Table } from 'apache-arrow';
import { audienceKey } from './audience.ts';
import { termSet, termsOfChunk } from './chunk-terms.ts';
import { DocentError } from './errors.ts';
import { applyChanges, countChunk, type Lexicon, packLexicon, unpackLexicon } from './lexicon.ts';
import { unpackChunk } from './pack-chunk.ts';
import type { Fingerprint, StoredChunk } from './snapshot.ts';
import { arrow, bytesAt, columnOf, numberAt, textAt } from './store-arrow.ts';
import { isOneOf, isOutOfReach, partsOf, reading, type StoreLocation, writing } from './store-connection.ts';
import { cleanUp, type Generation, isReadable, openGeneration, removeTables } from './store-generation.ts';
import { keepIndices } from './store-indices.ts';
import type { StoreLock } from './store-lock.ts';
import { readNote, writeNote } from './store-note.ts';
import { type IngestRun, readRun, writeRun } from './store-runs.ts';
import {
  type ChunkRow,
  chunkColumns,
  chunksFromArrow,
  chunksToArrow,
  type DocumentRow,
  documentsToArrow,
  layout,
} from './store-schema.ts';
import { appendPointer, type Pointer, readLexicon, readPointer } from './store-versions.ts';
import { connectAsWriter } from './store-writer-connection.ts';

export type StoredDocument = {
  readonly id: string;
  readonly path: string;
  readonly hash: string;
  readonly sections: number;
  readonly chunks: number;
};
export type ChunkKey = { readonly id: string; readonly path: string; readonly embedHash: string };
export type ChunkVectors = Pick<StoredChunk, 'vector' | 'sentenceVectors'>;
export type Committed = Pick<Pointer, 'version' | 'counts'> & { readonly rowsWritten: number };

/** The writing side of the index. Nothing that it writes is seen by readers before `commit`. */
export type StoreWriter = {
  /** Whether the tables hold a whole set of documents with all their chunks, and nothing half done. */
  readonly whole: boolean;
  documents(): Promise<StoredDocument[]>;
  chunkKeys(): Promise<ChunkKey[]>;
  vectorsOf(ids: readonly string[]): Promise<Map<string, ChunkVectors>>;
  addChunks(rows: readonly ChunkRow[]): Promise<void>;
  deleteChunks(ids: readonly string[]): Promise<void>;
  addDocuments(rows: readonly DocumentRow[]): Promise<void>;
  deleteDocuments(ids: readonly string[]): Promise<void>;
  /** Makes all that was written the newest version; when nothing was, the version stays. */
  commit(summary: Readonly<Record<string, unknown>>): Promise<Committed>;
  /** What the run before this one came to, where it is told of; and what this one did. */
  lastRun(): Promise<IngestRun | undefined>;
  recordRun(run: IngestRun): Promise<void>;
  /** What the ingest keeps for its next check, in its own words. */
  lastCheck(): Promise<string | undefined>;
  recordCheck(text: string): Promise<void>;
  /** Frees the lock. What was not committed stays invisible and is reused by the next run. */
  close(): Promise<void>;
};

function countRows(lexicon: Lexicon, rows: Table, dimensions: number, by: 1 | -1): void {
  if (rows.numRows === 0) return;
  const column = columnOf(rows, 'row');
  for (let at = 0; at < rows.numRows; at++) count(lexicon, unpackChunk(bytesAt(column, at), dimensions), by);
}

function count(lexicon: Lexicon, { audience, terms }: Pick<StoredChunk, 'audience' | 'terms'>, by: 1 | -1) {
  countChunk(lexicon, audienceKey(audience), termSet([terms.context, ...terms.sentences]), by);
}

const checksTable = 'checks';
/** Nobody else reads it, and it may be large. */
const checksAge = { mostVersions: 4, graceMs: 0 };

/** Ids in one `where` text. */
const idsAtOnce = 500;

/**
 * Opens the index for writing and locks it against other writers. With another fingerprint, or `full`, everything is
 * written beside the committed version. `full` also replaces a store that can't be opened any more.
 * Throws `DocentError` `store_locked`, `store_damaged` or `store_unwritable`.
 */
export async function openStoreWriter({
  fingerprint,
  full = false,
  now = Date.now,
  ...location
}: StoreLocation & {
  fingerprint: Fingerprint;
  full?: boolean;
  /** Milliseconds since 1970; decides which old versions are old enough to go. */
  now?: () => number;
}): Promise<StoreWriter> {
  const { uri } = location;
  const { connection, lock } = await writing(uri, () => connectAsWriter(location));
  try {
    const pointer = await lastPointer(connection, uri, full);
    const generation = await reading(uri, () => openGeneration(connection, pointer, fingerprint, full));
    return makeWriter({ connection, uri, pointer, generation, fingerprint, lock, now });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function lastPointer(connection: Connection, uri: string, full: boolean): Promise<Pointer | undefined> {
  try {
    return await reading(uri, () => readPointer(connection, uri));
  } catch (error) {
    if (!full || !(error instanceof DocentError) || isOutOfReach(error.cause)) throw error;
    await writing(uri, () => removeTables(connection, uri));
    return undefined;
  }
}

function makeWriter({
  connection,
  uri,
  pointer,
  generation,
  fingerprint,
  lock,
  now,
}: {
  connection: Connection;
  uri: string;
  pointer: Pointer | undefined;
  generation: Generation;
  fingerprint: Fingerprint;
  lock: StoreLock;
  now: () => number;
}): StoreWriter {
  const { chunks, documents, state } = generation;
  const { dimensions } = fingerprint;
  const changes: Lexicon = new Map();
  let rowsWritten = 0;
  let begun = false;

  /** Before the first write only, so that a run without changes writes nothing. */
  async function begin() {
    if (begun) return;
    begun = true;
    if (pointer) await cleanUp(connection, pointer, generation, now());
  }

  function write<T>(items: readonly T[], action: () => Promise<void>): Promise<void> {
    return writing(uri, async () => {
      if (items.length === 0) return;
      // One that was held up for long may have been taken for dead, and its rows would stand among another's.
      await lock.check();
      await begin();
      await action();
    });
  }

  async function lexicon(): Promise<Lexicon> {
    if (state === 'new') return applyChanges(new Map(), changes);
    if (state === 'committed' && pointer)
      return applyChanges(unpackLexicon(await readLexicon(connection, pointer.version)), changes);
    const recounted: Lexicon = new Map();
    for await (const batch of chunks.query().select(['row']))
      countRows(recounted, new arrow.Table(batch), dimensions, 1);
    return recounted;
  }

  async function countSections(): Promise<number> {
    const rows = await documents.query().select(['sectionCount']).toArrow();
    if (rows.numRows === 0) return 0;
    const column = columnOf(rows, 'sectionCount');
    return Array.from({ length: rows.numRows }, (_, row) => numberAt(column, row)).reduce((a, b) => a + b);
  }

  return {
    whole: state !== 'unfinished',

    documents: () =>
      reading(uri, async () => {
        const names = ['id', 'path', 'hash', 'sectionCount', 'chunkCount'];
        const rows = await documents.query().select(names).toArrow();
        if (rows.numRows === 0) return [];
        const [id, path, hash] = [columnOf(rows, 'id'), columnOf(rows, 'path'), columnOf(rows, 'hash')];
        const [sections, counts] = [columnOf(rows, 'sectionCount'), columnOf(rows, 'chunkCount')];
        return Array.from({ length: rows.numRows }, (_, row) => ({
          id: textAt(id, row),
          path: textAt(path, row),
          hash: textAt(hash, row),
          sections: numberAt(sections, row),
          chunks: numberAt(counts, row),
        }));
      }),

    chunkKeys: () =>
      reading(uri, async () => {
        const rows = await chunks.query().select(['id', 'path', 'embedHash']).toArrow();
        if (rows.numRows === 0) return [];
        const [id, path, hash] = [columnOf(rows, 'id'), columnOf(rows, 'path'), columnOf(rows, 'embedHash')];
        return Array.from({ length: rows.numRows }, (_, row) => ({
          id: textAt(id, row),
          path: textAt(path, row),
          embedHash: textAt(hash, row),
        }));
      }),

    vectorsOf: (ids) =>
      reading(uri, async () => {
        const found = new Map<string, ChunkVectors>();
        for (const part of partsOf(ids, idsAtOnce)) {
          const rows = await chunks.query().where(isOneOf('id', part)).select(chunkColumns).toArrow();
          for (const { id, vector, sentenceVectors } of chunksFromArrow(rows, dimensions))
            found.set(id, { vector, sentenceVectors });
        }
        return found;
      }),

    addChunks: (rows) =>
      write(rows, async () => {
        const withTerms = rows.map((row) => ({ ...row, terms: termsOfChunk(row) }));
        await chunks.add(chunksToArrow(withTerms, dimensions));
        rowsWritten += rows.length;
        for (const row of withTerms) count(changes, row, 1);
      }),

    deleteChunks: (ids) =>
      write(ids, async () => {
        for (const part of partsOf(ids, idsAtOnce)) {
          const filter = isOneOf('id', part);
          const rows = await chunks.query().where(filter).select(['row']).toArrow();
          await chunks.delete(filter);
          countRows(changes, rows, dimensions, -1);
        }
      }),

    addDocuments: (rows) =>
      write(rows, async () => {
        await documents.add(documentsToArrow(rows));
        rowsWritten += rows.length;
      }),

    deleteDocuments: (ids) =>
      write(ids, async () => {
        for (const part of partsOf(ids, idsAtOnce)) await documents.delete(isOneOf('id', part));
      }),

    commit: (summary) =>
      writing(uri, async () => {
        const readable = pointer && isReadable(pointer, fingerprint);
        if (!begun && readable && state === 'committed')
          return { version: pointer.version, counts: pointer.counts, rowsWritten };
        await keepIndices(chunks);
        const next: Pointer = {
          layout,
          version: (pointer?.version ?? 0) + 1,
          fingerprint,
          chunks: { table: chunks.name, version: await chunks.version() },
          documents: { table: documents.name, version: await documents.version() },
          counts: {
            documents: await documents.countRows(),
            sections: await countSections(),
            chunks: await chunks.countRows(),
          },
          createdAt: new Date().toISOString(),
          summary: { ...summary },
        };
        const packed = packLexicon(await lexicon());
        await lock.check();
        await appendPointer(connection, uri, next, packed);
        return { version: next.version, counts: next.counts, rowsWritten };
      }),

    lastRun: () => reading(uri, () => readRun(connection, uri)),
    recordRun: (run) => writing(uri, () => writeRun(connection, uri, run)),
    lastCheck: () => reading(uri, () => readNote(connection, uri, checksTable)),
    recordCheck: (text) => writing(uri, () => writeNote(connection, uri, checksTable, text, checksAge)),

    async close() {
      await lock.release();
      connection.close();
    },
  };
}
