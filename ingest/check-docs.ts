import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DocentError } from '../knowledge/errors.ts';
import { type FailedFile, type FoundFile, type FoundFiles, findFiles } from './find-files.ts';
import { guardDepth } from './guard-depth.ts';
import { type ParsedDocument, parseSections } from './parse-sections.ts';
import { readSource } from './read-file.ts';
import { byPlace, type Finding, locate, type Rule } from './rules/finding.ts';
import * as headings from './rules/heading-rules.ts';
import { anchorsIn, checkLink, type Link, linksOf, type Site } from './rules/links.ts';
import * as sectionRules from './rules/section-rules.ts';

const RULES: readonly Rule[] = [...Object.values(headings), ...Object.values(sectionRules)];

/** What checking needs of a page once it was parsed: small enough to keep for all pages. */
export type Page = {
  readonly path: string;
  readonly absolutePath: string;
  readonly anchors: ReadonlySet<string>;
  readonly links: readonly Link[];
  readonly findings: readonly Finding[];
};

export type CheckReport = { readonly files: number; readonly findings: readonly Finding[] };

/** Reads all Markdown files of a folder, writes nothing. Throws like `findFiles`. */
export async function checkDocs(docsDir: string): Promise<CheckReport> {
  const found = await findFiles(docsDir);
  const failed: FailedFile[] = [...found.failed];
  const pages: Page[] = [];
  for (const file of found.files) {
    const read = await readSource(file);
    const page = read.ok ? pageOf(file, read.source) : read.failed;
    if ('message' in page) failed.push(page);
    else pages.push(page);
  }
  const findings = [...failed.map(failedFinding), ...(await checkPages(docsDir, found, pages))];
  return { files: found.files.length, findings: findings.sort(byPlace) };
}

function pageOf(file: FoundFile, source: string): Page | FailedFile {
  try {
    return guardDepth(() => readPage(file, parseSections(file.path, source)));
  } catch (error) {
    if (error instanceof DocentError) return { path: file.path, message: error.message };
    throw error;
  }
}

/** A parsed document as a page, with what its own rules find. */
export function readPage({ path, absolutePath }: FoundFile, document: ParsedDocument): Page {
  const spotted = RULES.flatMap((rule) => rule(document));
  return {
    path,
    absolutePath,
    anchors: anchorsIn(document),
    links: linksOf(document),
    findings: locate(path, document.parsed.source, spotted),
  };
}

/** All findings of some of the pages; the others are read where links lead to them. */
export async function checkPages(
  docsDir: string,
  found: FoundFiles,
  pages: readonly Page[],
): Promise<Finding[]> {
  const site = makeSite(docsDir, found, pages);
  const findings: Finding[] = [];
  for (const page of pages) {
    findings.push(...page.findings);
    const spotted = (await Promise.all(page.links.map((link) => checkLink(page.path, link, site)))).flat();
    if (spotted.length > 0)
      findings.push(...locate(page.path, await readFile(page.absolutePath, 'utf8'), spotted));
  }
  return findings.sort(byPlace);
}

/** `3 errors, 1 warning`. */
export function countFindings(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  return `${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
}

function makeSite(docsDir: string, found: FoundFiles, pages: readonly Page[]): Site {
  const files = new Map(found.files.map((file) => [file.path, file]));
  const anchors = new Map<string, ReadonlySet<string>>(pages.map((page) => [page.path, page.anchors]));
  return {
    pages: new Set(files.keys()),
    async anchorsOf(path) {
      const known = anchors.get(path);
      const file = files.get(path);
      if (known || !file) return known ?? new Set();
      const read = await readSource(file);
      const page = read.ok ? pageOf(file, read.source) : undefined;
      const ids = page && 'anchors' in page ? page.anchors : new Set<string>();
      anchors.set(path, ids);
      return ids;
    },
    exists: (path) =>
      access(join(docsDir, path)).then(
        () => true,
        () => false,
      ),
  };
}

function failedFinding({ path, message }: FailedFile): Finding {
  const rule = message.startsWith('is not') ? 'not-utf8' : 'unreadable';
  return { path, line: 1, column: 1, rule, severity: 'error', message };
}
