import type { Embedder } from '../knowledge/embedder.ts';
import { asDocentError, DocentError } from '../knowledge/errors.ts';
import { fingerprintOf } from '../knowledge/fingerprint.ts';
import type { StoreLocation } from '../knowledge/store-connection.ts';
import { openStoreReader } from '../knowledge/store-reader.ts';
import { openStoreWriter, type StoreWriter } from '../knowledge/store-writer.ts';
import { makeChangedAt } from './changed-at.ts';
import { type Page, readPage } from './check-docs.ts';
import { checkIndex } from './check-index.ts';
import type { FindingCount } from './checked-pages.ts';
import { cutParsed } from './cut-document.ts';
import { fileText } from './file-text.ts';
import { type FailedFile, type FoundFile, type FoundFiles, findFiles } from './find-files.ts';
import { guardDepth } from './guard-depth.ts';
import { parseSections } from './parse-sections.ts';
import { readSources } from './read-file.ts';
import { recordRun } from './record-run.ts';
import type { CountTokens } from './split-section.ts';
import { type PendingDocument, type SyncProgress, type SyncSummary, syncIndex } from './sync-index.ts';

export type IngestOptions = {
  readonly docsDir: string;
  /** Where the docs come from, for the record: `docsSource`. */
  readonly source?: string;
  readonly storeUri: string;
  readonly cloud?: StoreLocation['cloud'];
  /** Makes the whole index anew. */
  readonly full: boolean;
  /** A folder without documents empties the index; else it is taken for the wrong folder. */
  readonly mayBeEmpty?: boolean;
  readonly embedder: Embedder;
  readonly countTokens: CountTokens;
  /** Called with the number of files to come, then for each step. */
  readonly onProgress?: (progress: SyncProgress, files: number) => void;
  readonly signal?: AbortSignal;
  /** Another way to open the index than `openStoreWriter`. */
  readonly openWriter?: typeof openStoreWriter;
};

export type IngestSummary = SyncSummary & {
  /** Links that lead out of the docs folder. */
  readonly skipped: readonly FailedFile[];
  /** What `--check` would say, in numbers. */
  readonly findings: readonly FindingCount[];
  readonly seconds: number;
  /** What went amiss beside the documents, in whole sentences. */
  readonly warnings: readonly string[];
};

/**
 * One run of the ingest: makes the index hold what the docs folder holds. Files that can't be read are
 * named in `failed` and keep what the index has of them. What it came to is kept beside the index. Throws `DocentError`s of `findFiles`,
 * `openStoreWriter` and the embedder; then the index stays as it was.
 */
export async function runIngest(options: IngestOptions): Promise<IngestSummary> {
  const { docsDir, storeUri, cloud, full, embedder, countTokens, onProgress, signal } = options;
  const { openWriter = openStoreWriter } = options;
  const started = performance.now();
  const found = await findDocs(options);
  const failed: FailedFile[] = [...found.failed];
  const failedPaths = new Set<string>();
  const hashes = new Map<string, string>();
  const pages: Page[] = [];
  const warnings: string[] = [];
  const changedAt = makeChangedAt(docsDir, { warn: (warning) => warnings.push(warning) });
  const fingerprint = fingerprintOf(embedder);
  const writer = await openWriter({ uri: storeUri, cloud, fingerprint, full });

  async function* documents(): AsyncGenerator<PendingDocument> {
    for await (const { file, read } of readSources(found.files)) {
      if (read.ok) {
        hashes.set(file.path, read.hash);
        yield pending(file, read);
      } else failed.push(read.failed);
    }
    for (const path of await failedDocuments(failed, writer)) failedPaths.add(path);
  }
  const pending = (file: FoundFile, read: { source: string; hash: string; changedAt: string }) => ({
    path: file.path,
    hash: read.hash,
    async cut() {
      const text = fileText(file.path, read.source);
      const { source, lines, lineOffset } = text;
      const written = { source: lines, lineOffset, changedAt: read.changedAt };
      const times = await changedAt(file.absolutePath, written);
      return guardDepth(() => {
        const document = parseSections(file.path, source);
        pages.push(readPage(file, document, text));
        const { audienceFault } = document.frontMatter;
        if (audienceFault !== undefined) throw new DocentError('file_unreadable', audienceFault);
        return cutParsed(document, { path: file.path, source, hash: read.hash, countTokens, ...times });
      });
    },
  });

  try {
    const synced = await syncIndex({
      documents: documents(),
      failedPaths,
      writer,
      embedder,
      signal,
      onProgress: (progress) => onProgress?.(progress, found.files.length),
    });
    const committed = {
      ...synced,
      failed: [...failed, ...synced.failed],
      skipped: found.skipped,
      findings: [],
      seconds: secondsSince(started),
    };
    try {
      // A damaged record is made anew.
      const before = await writer.lastRun().catch(() => undefined);
      const files = { docsDir, found, hashes, pages, failed: committed.failed };
      const findings = await checkIndex(writer, { version: synced.version, before }, files, signal);
      const summary = { ...committed, findings, seconds: secondsSince(started) };
      await recordRun(writer, summary, options.source);
      return { ...summary, warnings };
    } catch (error) {
      if (signal?.aborted) throw error;
      return { ...committed, warnings: [...warnings, notRecorded(error)] };
    }
  } finally {
    await writer.close();
  }
}

async function findDocs(options: IngestOptions): Promise<FoundFiles> {
  const { docsDir, mayBeEmpty = false } = options;
  try {
    return await findFiles(docsDir, { mayBeEmpty });
  } catch (error) {
    if (!(error instanceof DocentError) || error.code !== 'docs_empty') throw error;
    const held = await countHeld(options);
    if (held === 0) throw error;
    const kept = `The index keeps the ${held === 1 ? 'file' : `${held} files`} that it holds`;
    throw new DocentError('docs_empty', `${error.message} ${kept}; --allow-empty empties it.`, {
      cause: error,
    });
  }
}

/** Documents in the index, none where it can't be read. */
async function countHeld({ storeUri, cloud, embedder }: IngestOptions): Promise<number> {
  const expected = fingerprintOf(embedder);
  const reader = openStoreReader({ uri: storeUri, cloud, expected });
  try {
    return (await (await reader.current()).documents()).length;
  } catch {
    return 0;
  } finally {
    await reader.close();
  }
}

function secondsSince(started: number): number {
  return Math.round((performance.now() - started) / 10) / 100;
}

/** The documents are committed by then, and nothing may make a failure of that. */
function notRecorded(error: unknown): string {
  const before = 'The documents are in the index. What this run came to could not be kept beside it';
  return `${before}, so the server’s status tells of an earlier one. ${asDocentError(error).message}`;
}

/** The failed files, and what the index holds below the failed folders (their paths end with a slash). */
async function failedDocuments(failed: readonly FailedFile[], writer: StoreWriter): Promise<string[]> {
  const paths = failed.map(({ path }) => path);
  const folders = paths.filter((path) => path.endsWith('/'));
  if (folders.length === 0) return paths;
  const stored = await writer.documents();
  const below = stored.filter(({ path }) => folders.some((folder) => path.startsWith(folder)));
  return [...paths, ...below.map(({ path }) => path)];
}
