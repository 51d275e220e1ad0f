import type { IngestRun } from '../knowledge/store-runs.ts';
import type { StoreWriter } from '../knowledge/store-writer.ts';
import { checkLinks, failedFinding, type Page, pageOf } from './check-docs.ts';
import {
  CHECK_ID,
  type CheckedPage,
  type CheckedPages,
  checkedPage,
  countAlike,
  type FindingCount,
  formatPages,
  parsePages,
} from './checked-pages.ts';
import type { FailedFile, FoundFile, FoundFiles } from './find-files.ts';
import { readSource } from './read-file.ts';

/** What a run has read: `hashes` of all files that it could read, by path, and the pages of those that it cut. */
export type RunFiles = {
  readonly docsDir: string;
  readonly found: FoundFiles;
  readonly hashes: ReadonlyMap<string, string>;
  readonly pages: readonly Page[];
  readonly failed: readonly FailedFile[];
};

/**
 * What `--check` finds in all documents, in numbers. Only what has changed is parsed: of the rest, links and headings
 * are kept beside the index, and where no document has changed, what was found before stands.
 */
export async function checkIndex(
  writer: Pick<StoreWriter, 'lastCheck' | 'recordCheck'>,
  { version, before }: { readonly version: number; readonly before: IngestRun | undefined },
  files: RunFiles,
  signal?: AbortSignal,
): Promise<readonly FindingCount[]> {
  const isSame = before?.rules === CHECK_ID && before.version === version && before.failedFiles === 0;
  if (isSame && files.pages.length === 0 && files.failed.length === 0) return before.findings;
  // Damaged or made by other rules: all is read again.
  const known = parsePages(await writer.lastCheck().catch(() => undefined));
  const pages = await gather(files, known, signal);
  const findings = await findingsIn(pages, files);
  await writer.recordCheck(formatPages(pages));
  return findings;
}

async function gather(
  { found, hashes, pages }: RunFiles,
  known: CheckedPages,
  signal: AbortSignal | undefined,
): Promise<CheckedPages> {
  const cut = new Map(pages.map((page) => [page.path, page]));
  const gathered = new Map<string, CheckedPage>();
  for (const file of found.files) {
    signal?.throwIfAborted();
    const hash = hashes.get(file.path);
    if (hash === undefined) continue;
    const before = known.get(file.path);
    const fresh = cut.get(file.path);
    const page = fresh ? checkedPage(fresh, hash) : before?.hash === hash ? before : await readAgain(file);
    if (page) gathered.set(file.path, page);
  }
  return gathered;
}

async function readAgain(file: FoundFile): Promise<CheckedPage | undefined> {
  const read = await readSource(file);
  const page = read.ok ? pageOf(file, read.source) : undefined;
  return read.ok && page && 'anchors' in page ? checkedPage(page, read.hash) : undefined;
}

async function findingsIn(
  pages: CheckedPages,
  { docsDir, found, failed }: RunFiles,
): Promise<FindingCount[]> {
  const linked = [...pages].map(([path, { anchors, links }]) => ({
    path,
    anchors: new Set(anchors),
    links: links.map((url) => ({ url, at: 0 })),
  }));
  const ofLinks = (await checkLinks(docsDir, found, linked)).flatMap(({ page: { path }, spotted }) =>
    spotted.map(({ rule, severity }) => ({ path, rule, severity })),
  );
  const ofRules = [...pages].flatMap(([path, { findings }]) =>
    findings.map(([rule, severity, count]) => ({ path, rule, severity, count })),
  );
  const ofFiles = failed.filter(({ path }) => !pages.has(path)).map(failedFinding);
  return countAlike([...ofFiles, ...ofRules, ...ofLinks]);
}
