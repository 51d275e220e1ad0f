import type { IngestRun } from '../knowledge/store-runs.ts';
import type { StoreWriter } from '../knowledge/store-writer.ts';
import type { Finding } from './rules/finding.ts';
import type { IngestSummary } from './run-ingest.ts';

/** Names of failed files that are kept; all of them are counted. */
const mostFailed = 100;

/** Paths of the files that were checked in this run, and of all that there are. */
export type Checked = { readonly checked: readonly string[]; readonly present: readonly string[] };

/** Keeps what a run came to with the index, for the servers that read it. */
export async function recordRun(
  writer: Pick<StoreWriter, 'lastRun' | 'recordRun'>,
  summary: Omit<IngestSummary, 'warnings'>,
  files: Checked,
  source?: string,
): Promise<void> {
  const { seconds, version, sections, chunks, embedded, unchanged, deleted, failed } = summary;
  // A damaged record is made anew.
  const before = (await writer.lastRun().catch(() => undefined))?.findings ?? [];
  await writer.recordRun({
    endedAt: new Date().toISOString(),
    seconds,
    version,
    ...(source !== undefined && { source }),
    files: summary.files,
    sections,
    chunks,
    embedded,
    unchanged,
    deleted,
    failed: failed.slice(0, mostFailed).map(({ path, message }) => ({ path, message })),
    failedFiles: failed.length,
    findings: standingFindings(before, summary.findings, files),
  });
}

/** Of files that were not looked at again, and are still there, what was found before stands. */
export function standingFindings(
  before: IngestRun['findings'],
  found: readonly Finding[],
  { checked, present }: Checked,
): IngestRun['findings'] {
  const [fresh, there] = [new Set(checked), new Set(present)];
  const counts = new Map<string, IngestRun['findings'][number]>();
  for (const { path, rule, severity } of found) {
    const key = JSON.stringify([path, rule, severity]);
    counts.set(key, { path, rule, severity, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...before.filter(({ path }) => there.has(path) && !fresh.has(path)), ...counts.values()];
}
