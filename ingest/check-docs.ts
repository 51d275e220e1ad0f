import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { DocentError } from '../knowledge/errors.ts';
import { kindOf } from '../knowledge/file-kinds.ts';
import { type FileText, fileText } from './file-text.ts';
import { type FailedFile, type FoundFile, type FoundFiles, findFiles } from './find-files.ts';
import { guardDepth } from './guard-depth.ts';
import { type ParsedDocument, parseSections } from './parse-sections.ts';
import { readSource } from './read-file.ts';
import { byPlace, type Finding, locate, type Rule, type Spotted } from './rules/finding.ts';
import * as headings from './rules/heading-rules.ts';
import { anchorsIn, checkLink, type Link, linksOf, type Site } from './rules/links.ts';
import * as sectionRules from './rules/section-rules.ts';

const RULES: readonly Rule[] = [...Object.values(headings), ...Object.values(sectionRules)];
/** What they look for means nothing in plain text. */
const MARKUP_RULES: readonly Rule[] = [headings.headingSpace, headings.hiddenHeading];

/** What checking needs of a page once it was parsed: small enough to keep for all pages. */
export type Page = {
  readonly path: string;
  readonly absolutePath: string;
  readonly anchors: ReadonlySet<string>;
  readonly links: readonly Link[];
  readonly findings: readonly Finding[];
};

const EMPTY_PAGE: Spotted = {
  at: 0,
  rule: 'empty-page',
  severity: 'warning',
  message: 'has no text outside its scripts and navigation: save the page as readers see it',
};

export type CheckReport = { readonly files: number; readonly findings: readonly Finding[] };

/** Reads all files of a folder, writes nothing. Throws like `findFiles`. */
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

/** A file's text as a page, or why it can't be read as one. */
export function pageOf(file: FoundFile, source: string): Page | FailedFile {
  try {
    return guardDepth(() => {
      const text = fileText(file.path, source);
      return readPage(file, parseSections(file.path, text.source), text);
    });
  } catch (error) {
    if (error instanceof DocentError) return { path: file.path, message: error.message };
    throw error;
  }
}

/** A parsed document as a page, with what its own rules find. */
export function readPage({ path, absolutePath }: FoundFile, document: ParsedDocument, text: FileText): Page {
  const spotted = RULES.filter((rule) => !document.parsed.literal || !MARKUP_RULES.includes(rule)).flatMap(
    (rule) => rule(document),
  );
  if (kindOf(path) === 'html' && saysNothing(document)) spotted.push(EMPTY_PAGE);
  return {
    path,
    absolutePath,
    anchors: anchorsIn(document),
    links: linksOf(document),
    findings: locateIn(path, text, spotted),
  };
}

async function checkPages(docsDir: string, found: FoundFiles, pages: readonly Page[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { page, spotted } of await checkLinks(docsDir, found, pages)) {
    findings.push(...page.findings, ...(spotted.length > 0 ? await locateAgain(page, spotted) : []));
  }
  return findings;
}

/** What is wrong with the links of each page; `pages` are all that could be read. */
export async function checkLinks<P extends Pick<Page, 'path' | 'anchors' | 'links'>>(
  docsDir: string,
  found: FoundFiles,
  pages: readonly P[],
): Promise<{ readonly page: P; readonly spotted: readonly Spotted[] }[]> {
  const site = makeSite(docsDir, found, pages);
  const checked: { page: P; spotted: Spotted[] }[] = [];
  for (const page of pages) {
    const spotted = (await Promise.all(page.links.map((link) => checkLink(page.path, link, site)))).flat();
    checked.push({ page, spotted });
  }
  return checked;
}

/** Texts of pages are not kept: few have links that lead nowhere. */
async function locateAgain(page: Page, spotted: readonly Spotted[]): Promise<Finding[]> {
  const read = await readSource(page);
  return read.ok ? locateIn(page.path, fileText(page.path, read.source), spotted) : [];
}

function locateIn(path: string, { lines, lineOffset }: FileText, spotted: readonly Spotted[]): Finding[] {
  return locate(
    path,
    lines,
    spotted.map((each) => ({ ...each, at: lineOffset(each.at) })),
  );
}

/** `count`: of that many alike. */
type Counted = Pick<Finding, 'severity'> & { readonly count?: number };

export function tallyFindings(findings: readonly Counted[]): { errors: number; warnings: number } {
  const sum = (wanted: Finding['severity']) =>
    findings.reduce((all, { severity, count = 1 }) => all + (severity === wanted ? count : 0), 0);
  return { errors: sum('error'), warnings: sum('warning') };
}

/** `3 errors, 1 warning`. */
export function countFindings(findings: readonly Counted[]): string {
  const { errors, warnings } = tallyFindings(findings);
  return `${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
}

function saysNothing({ parsed: { tree } }: ParsedDocument): boolean {
  return tree.children.every(({ type }) => type === 'yaml');
}

function makeSite(
  docsDir: string,
  found: FoundFiles,
  pages: readonly Pick<Page, 'path' | 'anchors'>[],
): Site {
  const anchors = new Map(pages.map((page) => [page.path, page.anchors]));
  return {
    pages: new Set(found.files.map(({ path }) => path)),
    anchorsOf: async (path) => anchors.get(path) ?? new Set(),
    exists: (path) =>
      access(join(docsDir, path)).then(
        () => true,
        () => false,
      ),
  };
}

export function failedFinding({ path, message }: FailedFile): Finding {
  const rule = message.startsWith('is not') ? 'not-utf8' : 'unreadable';
  return { path, line: 1, column: 1, rule, severity: 'error', message };
}
