import type { CutDocument } from '../knowledge/document.ts';
import type { Embedder } from '../knowledge/embedder.ts';
import { DocentError } from '../knowledge/errors.ts';
import type { DocumentRow } from '../knowledge/store-schema.ts';
import type { StoreWriter } from '../knowledge/store-writer.ts';
import { embedRows } from './embed-rows.ts';
import { failedFile } from './file-fault.ts';
import type { FailedFile } from './find-files.ts';
import { hashOf, identifyChunk, type Placement, type Plan, planChanges } from './plan-changes.ts';

/** A file that was read and hashed; it is cut only when it has changed. */
export type PendingDocument = {
  readonly path: string;
  /** SHA-256 of its source, hex, as in `Document`. */
  readonly hash: string;
  cut(): Promise<CutDocument>;
};

export type SyncProgress = {
  readonly stage: 'reading' | 'indexing' | 'committing';
  /** So far: files seen, chunks they hold, chunks embedded. */
  readonly files: number;
  readonly chunks: number;
  readonly embedded: number;
};

export type SyncSummary = {
  /** What the index holds now. */
  readonly files: number;
  readonly sections: number;
  readonly chunks: number;
  /** Chunks given to the model in this run. */
  readonly embedded: number;
  /** Chunks with the same words as one that was given to it, whose vectors they share. */
  readonly shared: number;
  /** Chunks whose vectors were there, be their row the same or moved. */
  readonly unchanged: number;
  /** Chunks that are no more; moved ones not counted. */
  readonly deleted: number;
  readonly failed: readonly FailedFile[];
  readonly version: number;
  readonly rowsWritten: number;
};

/** So many chunks are embedded and written at once: few files in the store, little lost by a kill. */
const batchEmbeds = 384;
/** The first batch is small and each is twice the one before, so that the model doesn't wait until so many are cut. */
const firstEmbeds = 24;
const batchRows = 768;
const batchSourceLength = 8_000_000;

/**
 * Makes the index hold exactly these documents. Chunks that were there are neither embedded nor written
 * again; a document with the same hash isn't even cut. Paths in `failedPaths`, read after the last
 * document, and documents whose `cut()` throws a `DocentError` keep their old rows. Readers see all of
 * it at the end or, when this throws, nothing; the next run takes up what was written.
 */
export async function syncIndex({
  documents,
  failedPaths = new Set(),
  writer,
  embedder,
  summary = {},
  onProgress = () => undefined,
  signal,
}: {
  documents: AsyncIterable<PendingDocument> | Iterable<PendingDocument>;
  failedPaths?: ReadonlySet<string>;
  writer: StoreWriter;
  embedder: Embedder;
  /** Stored with the version. */
  summary?: Readonly<Record<string, unknown>>;
  onProgress?: (progress: SyncProgress) => void;
  signal?: AbortSignal | undefined;
}): Promise<SyncSummary> {
  const stored = await writer.documents();
  const storedByPath = new Map(stored.map((document) => [document.path, document]));
  const storedIds = new Set(stored.map((document) => document.id));
  const failed: FailedFile[] = [];
  const wanted = new Set<string>();
  const keptPaths = new Set<string>();
  const moved = new Set<string>();
  const fresh = new Set<string>();
  let shared = 0;
  const counts = { files: 0, chunks: 0, embedded: 0 };
  let plan: Plan | undefined;
  let batch = emptyBatch();
  let mostEmbeds = firstEmbeds;
  let before: Promise<void> = Promise.resolve();
  let last = before;

  const openPlan = async () => {
    plan ??= planChanges(await writer.chunkKeys());
    return plan;
  };
  const report = (stage: SyncProgress['stage']) => onProgress({ stage, ...counts });

  async function write({ reuse, embed, documents }: Batch, earlier: Promise<void>): Promise<void> {
    signal?.throwIfAborted();
    const { vectorsOf } = writer;
    const onEmbedded = (passages: number) => {
      counts.embedded += passages;
      report('reading');
    };
    const rows = await embedRows({ reuse, embed, earlier, vectorsOf, embedder, onEmbedded, signal });
    await earlier;
    if (rows.length > 0) await writer.addChunks(rows);
    if (documents.length > 0) await writer.addDocuments(documents);
  }

  /** While a batch is cut, one is with the model and one is written or waits for the model, which never idles. */
  async function flush(): Promise<void> {
    await before;
    const written = write(batch, last);
    written.catch(() => undefined);
    [before, last] = [last, written];
    batch = emptyBatch();
  }

  async function place(pending: PendingDocument): Promise<void> {
    const { document, chunks } = await pending.cut();
    const rows = chunks.map((chunk) => identifyChunk(chunk, embedder.id));
    const { reuse, embed } = (await openPlan()).place(rows);
    for (const { id } of embed) fresh.add(id);
    for (const { from } of reuse) {
      moved.add(from);
      if (fresh.has(from)) shared++;
    }
    const { path, title, hash, sections, changedAt, audience } = document;
    const id = hashOf([path, title, hash, sections, changedAt, audience]);
    wanted.add(id);
    counts.chunks += rows.length;
    batch.reuse.push(...reuse);
    batch.embed.push(...embed);
    if (storedIds.has(id)) return;
    batch.documents.push({ ...document, id, chunks: rows.length });
    batch.sourceLength += document.source.length;
  }

  try {
    for await (const pending of documents) {
      signal?.throwIfAborted();
      counts.files++;
      const before = storedByPath.get(pending.path);
      if (writer.whole && before?.hash === pending.hash) {
        keptPaths.add(pending.path);
        counts.chunks += before.chunks;
        continue;
      }
      try {
        await place(pending);
      } catch (error) {
        if (!(error instanceof DocentError) || !isFault(error)) throw error;
        failed.push(failedFile(pending.path, error));
        keptPaths.add(pending.path);
      }
      if (isFull(batch, mostEmbeds)) {
        mostEmbeds = Math.min(2 * mostEmbeds, batchEmbeds);
        await flush();
      }
      report('reading');
    }
    await flush();
    await last;
  } catch (error) {
    await Promise.allSettled([before, last]);
    throw error;
  }

  for (const path of failedPaths) keptPaths.add(path);
  const obsoleteDocuments = stored.filter(({ id, path }) => !wanted.has(id) && !keptPaths.has(path));
  let obsolete: string[] = [];
  if (plan || obsoleteDocuments.length > 0 || !writer.whole) {
    const opened = await openPlan();
    for (const path of keptPaths) opened.keepPath(path);
    obsolete = opened.obsolete();
  }
  report('indexing');
  signal?.throwIfAborted();
  if (obsolete.length > 0) await writer.deleteChunks(obsolete);
  if (obsoleteDocuments.length > 0) await writer.deleteDocuments(obsoleteDocuments.map(({ id }) => id));
  report('committing');
  signal?.throwIfAborted();
  const committed = await writer.commit(summary);
  return {
    files: committed.counts.documents,
    sections: committed.counts.sections,
    chunks: committed.counts.chunks,
    embedded: counts.embedded,
    shared,
    unchanged: committed.counts.chunks - counts.embedded - shared,
    deleted: obsolete.filter((id) => !moved.has(id)).length,
    failed,
    version: committed.version,
    rowsWritten: committed.rowsWritten,
  };
}

type Batch = {
  readonly reuse: Placement['reuse'][number][];
  readonly embed: Placement['embed'][number][];
  readonly documents: DocumentRow[];
  sourceLength: number;
};

function emptyBatch(): Batch {
  return { reuse: [], embed: [], documents: [], sourceLength: 0 };
}

function isFull({ reuse, embed, sourceLength }: Batch, mostEmbeds: number): boolean {
  return (
    embed.length >= mostEmbeds ||
    reuse.length + embed.length >= batchRows ||
    sourceLength >= batchSourceLength
  );
}

/** Faults of one file, which the rest of the docs can do without. */
function isFault({ code }: DocentError): boolean {
  return code === 'file_not_utf8' || code === 'file_unreadable';
}
