import { cutDocument } from '../../ingest/cut-document.ts';
import { type PendingDocument, type SyncSummary, syncIndex } from '../../ingest/sync-index.ts';
import type { Embedder } from '../../knowledge/embedder.ts';
import { fingerprintOf } from '../../knowledge/fingerprint.ts';
import { sha256 } from '../../knowledge/sha256.ts';
import type { Snapshot } from '../../knowledge/snapshot.ts';
import { openStoreReader } from '../../knowledge/store-reader.ts';
import { openStoreWriter, type StoreWriter } from '../../knowledge/store-writer.ts';

export type Files = Readonly<Record<string, string>>;

/** When each file was last changed, where that matters. */
export type Ages = Readonly<Record<string, string>>;

const changedAt = '2026-01-05T08:00:00.000Z';

/** Files as the ingest hands them over; `onCut` hears of each that is really cut. */
export function pendingOf(
  files: Files,
  onCut: (path: string) => void = () => undefined,
  ages: Ages = {},
): PendingDocument[] {
  return Object.entries(files).map(([path, source]) => ({
    path,
    hash: sha256(source),
    async cut() {
      onCut(path);
      const countTokens = (text: string) => Math.ceil(text.length / 4);
      return cutDocument({ path, source, changedAt: ages[path] ?? changedAt, countTokens });
    },
  }));
}

/** One run of the ingest over the files. `wrap` may stand between it and the store. */
export async function sync(
  uri: string,
  files: Files,
  {
    embedder,
    wrap = (writer) => writer,
    full = false,
    failedPaths,
    signal,
    onCut,
    ages,
  }: {
    embedder: Embedder;
    wrap?: (writer: StoreWriter) => StoreWriter;
    full?: boolean;
    failedPaths?: ReadonlySet<string>;
    signal?: AbortSignal;
    onCut?: (path: string) => void;
    ages?: Ages;
  },
): Promise<SyncSummary> {
  const writer = await openStoreWriter({ uri, fingerprint: fingerprintOf(embedder), full });
  try {
    return await syncIndex({
      documents: pendingOf(files, onCut, ages),
      writer: wrap(writer),
      embedder,
      signal,
      ...(failedPaths ? { failedPaths } : {}),
    });
  } finally {
    await writer.close();
  }
}

/** What a fresh reader sees. */
export async function snapshotOf(uri: string, embedder: Embedder): Promise<Snapshot> {
  return openStoreReader({ uri, expected: fingerprintOf(embedder), refreshMs: 0 }).current();
}

/** All that the snapshot holds, in a form to compare: path -> text of its chunks. */
export async function contentOf(snapshot: Snapshot): Promise<Record<string, string[]>> {
  const content: Record<string, string[]> = {};
  for (const { path, sections } of await snapshot.documents()) {
    const chunks = await snapshot.chunksOf(sections.map(({ index }) => ({ path, section: index })));
    content[path] = chunks.map((chunk) => chunk.text);
  }
  return content;
}
