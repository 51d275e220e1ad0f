import type { StoreWriter } from '../knowledge/store-writer.ts';
import { CHECK_ID } from './checked-pages.ts';
import type { IngestSummary } from './run-ingest.ts';

/** Names of failed files that are kept; all of them are counted. */
const mostFailed = 100;

/** Keeps what a run came to with the index, for the servers that read it. */
export async function recordRun(
  writer: Pick<StoreWriter, 'recordRun'>,
  summary: Omit<IngestSummary, 'warnings'>,
  source?: string,
): Promise<void> {
  const { seconds, version, files, sections, chunks, embedded, unchanged, deleted, failed } = summary;
  await writer.recordRun({
    endedAt: new Date().toISOString(),
    seconds,
    version,
    ...(source !== undefined && { source }),
    files,
    sections,
    chunks,
    embedded,
    unchanged,
    deleted,
    failed: failed.slice(0, mostFailed).map(({ path, message }) => ({ path, message })),
    failedFiles: failed.length,
    rules: CHECK_ID,
    findings: [...summary.findings],
  });
}
