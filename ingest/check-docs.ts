import { join } from 'node:path';
import { DocentError } from '../knowledge/errors.ts';
import { kindOf } from '../knowledge/file-kinds.ts';
import { failedFile } from './file-fault.ts';
import { type FileText, fileText } from './file-text.ts';
import { type FailedFile, type FoundFile, type FoundFiles, findFiles, isThere } from './find-files.ts';
import { REDIRECT } from './front-matter.ts';
import { guardDepth } from './guard-depth.ts';
import { type ParsedDocument, parseSections } from './parse-sections.ts';
import { readSource } from './read-file.ts';
import { byPlace, type Finding, locate, type Rule, type Spotted } from './rules/finding.ts';
import * as headings from './rules/heading-rules.ts';
import * as hidden from './rules/hidden-rules.ts';
import { anchorsIn, checkLink, type Link, linksOf, makeSite } from './rules/links.ts';
import * as references from './rules/reference-rules.ts';
import * as sectionRules from './rules/section-rules.ts';

/** What they look for means nothing in plain text. */
const MARKUP_RULES: readonly Rule[] = [
  headings.headingSpace,
  ...Object.values(hidden),
  ...Object.values(references),
];
const TEXT_RULES: readonly Rule[] = [
  ...Object.values(headings).filter((rule) => rule !== headings.headingSpace),
  ...Object.values(sectionRules),
];

/** What checking needs of a page once it was parsed: small enough to keep for all pages. */
export type Page = {
  readonly path: string;
  readonly absolutePath: string;
  readonly anchors: ReadonlySet<string>;
  readonly links: readonly Link[];
  readonly findings: readonly Finding[];
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
    if (error instanceof DocentError) return failedFile(file.path, error);
    throw error;
  }
}

/** A parsed document as a page, with what its own rules find. */
export function readPage({ path, absolutePath }: FoundFile, document: ParsedDocument, text: FileText): Page {
  const rules = document.parsed.literal ? TEXT_RULES : [...TEXT_RULES, ...MARKUP_RULES];
  const spotted = [...rules.flatMap((rule) => rule(document, text)), ...emptyPage(path, document)];
  return {
    path,
    absolutePath,
    anchors: anchorsIn(document),
    links: linksOf(document, text),
    findings: locate(path, text, spotted),
  };
}

async function checkPages(docsDir: string, found: FoundFiles, pages: readonly Page[]): Promise<Finding[]> {
  const findings: (readonly Finding[])[] = [];
  for (const { page, spotted } of await checkLinks(docsDir, found, pages)) {
    findings.push(page.findings, spotted.length > 0 ? await locateAgain(page, spotted) : []);
  }
  return findings.flat();
}

/** What is wrong with the links of each page; `pages` are all that could be read. */
export async function checkLinks<P extends Pick<Page, 'path' | 'anchors' | 'links'>>(
  docsDir: string,
  found: FoundFiles,
  pages: readonly P[],
): Promise<{ readonly page: P; readonly spotted: readonly Spotted[] }[]> {
  const site = makeSite(
    found.files.map(({ path }) => path),
    new Map(pages.map(({ path, anchors }) => [path, anchors])),
    (path) => isThere(join(docsDir, path)),
  );
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
  return read.ok ? locate(page.path, fileText(page.path, read.source), spotted) : [];
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

function emptyPage(path: string, { parsed: { source, tree } }: ParsedDocument): Spotted[] {
  if (!tree.children.every(({ type }) => ['yaml', 'toml'].includes(type)) || REDIRECT.test(source)) return [];
  const isHtml = kindOf(path) === 'html';
  const message = isHtml
    ? 'has no text outside its scripts and navigation: save the page as readers see it'
    : source.trim() === ''
      ? 'is empty: write it, or remove it'
      : 'has nothing below its front matter: write it, or remove it';
  return [{ at: 0, rule: 'empty-page', severity: 'warning', message }];
}

export function failedFinding({ path, message, rule = 'unreadable', place }: FailedFile): Finding {
  const { line, column } = place ?? { line: 1, column: 1 };
  return { path, line, column, rule, severity: 'error', message };
}
