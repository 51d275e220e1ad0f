import type { Dirent } from 'node:fs';
import { access, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { DocentError } from '../knowledge/errors.ts';
import { kindOf, READ_EXTENSIONS } from '../knowledge/file-kinds.ts';
import type { FaultRule } from './file-fault.ts';
import type { Place } from './places.ts';

/** A file of the docs folder; `path` is relative to it, with forward slashes. */
export type FoundFile = { readonly path: string; readonly absolutePath: string };

/** A file or folder (its path ends with a slash) that could not be read, and why; `place`, where in it. */
export type FailedFile = {
  readonly path: string;
  readonly message: string;
  readonly rule?: FaultRule;
  readonly place?: Place;
};

export type FoundFiles = {
  readonly files: readonly FoundFile[];
  readonly failed: readonly FailedFile[];
  /** Links that lead out of the docs folder. */
  readonly skipped: readonly FailedFile[];
};

/**
 * The files under a folder that are read (see `kindOf`), sorted by path. Hidden folders and `node_modules` are left out; links
 * are followed inside the folder, each file found once, under its own path if that is below the folder.
 * Throws `DocentError` `docs_missing` or, unless `mayBeEmpty`, `docs_empty`; what can't be read is reported.
 */
export async function findFiles(docsDir: string, { mayBeEmpty = false } = {}): Promise<FoundFiles> {
  const root = await rootOf(docsDir);
  const files: FoundFile[] = [];
  const failed: FailedFile[] = [];
  const skipped: FailedFile[] = [];
  const seen = new Set([root]);
  const links: string[] = [];

  const visitFolder = async (path: string) => {
    const entries = await readFolder(join(root, path));
    if (!Array.isArray(entries)) {
      failed.push({ path: `${path}/`, message: entries.message });
      return;
    }
    for (const entry of entries) await visitEntry(path === '' ? entry.name : `${path}/${entry.name}`, entry);
  };
  const visitEntry = async (path: string, entry: Dirent) => {
    if (entry.isSymbolicLink()) links.push(path);
    else if (path.includes(NO_CHARACTER) && !(await isThere(join(root, path))))
      failName(path, entry.isDirectory());
    else if (entry.isDirectory()) await visitTarget(path, join(root, path), true);
    else if (entry.isFile()) await visitTarget(path, join(root, path), false);
  };
  const failName = (path: string, isFolder: boolean) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (isFolder ? isHiddenFolder(name) : !isDocument(name)) return;
    failed.push({ path: isFolder ? `${path}/` : path, message: WRONG_NAME, rule: 'file-name' });
  };
  const visitTarget = async (path: string, target: string, isFolder: boolean) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (isFolder ? isHiddenFolder(name) : !isDocument(name)) return;
    if (seen.has(target)) return;
    seen.add(target);
    if (isFolder) await visitFolder(path);
    else files.push({ path, absolutePath: target });
  };
  const visitLink = async (path: string) => {
    const target = await targetOf(join(root, path));
    if ('message' in target) {
      if (isDocument(path)) failed.push({ path, message: target.message });
    } else if (!isInside(root, target.path)) {
      if (target.isFolder || isDocument(path)) {
        skipped.push({ path, message: 'leads out of the docs folder' });
      }
    } else await visitTarget(path, target.path, target.isFolder);
  };

  await visitFolder('');
  for (let link = links.shift(); link !== undefined; link = links.shift()) await visitLink(link);
  if (files.length === 0 && failed.length === 0 && !mayBeEmpty) throw emptyFolder(docsDir);
  return { files: files.sort(byPath), failed: failed.sort(byPath), skipped: skipped.sort(byPath) };
}

/** Whether a file of this name is read. */
export function isDocument(name: string): boolean {
  return kindOf(name) !== undefined;
}

/** Whether a folder of this name is left out. */
export function isHiddenFolder(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

/** Whether a real path is that of a folder or of something below it. */
export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Stands for bytes that are no UTF-8. */
const NO_CHARACTER = '\uFFFD';
const WRONG_NAME = `has a name that is not UTF-8 (${NO_CHARACTER} stands for what is wrong): rename it, for instance with convmv, or mv and a pattern`;

/** Whether there is anything at a path. */
export async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function rootOf(docsDir: string): Promise<string> {
  try {
    const root = await realpath(docsDir);
    if ((await stat(root)).isDirectory()) return root;
  } catch (cause) {
    throw missingFolder(docsDir, 'does not exist', cause);
  }
  throw missingFolder(docsDir, 'is not a folder');
}

function missingFolder(docsDir: string, what: string, cause?: unknown): DocentError {
  const remedy = 'Create it with the docs in it, or name another one: npm run ingest -- DIR, or DOCS_DIR.';
  return new DocentError('docs_missing', `The docs folder ${docsDir} ${what}. ${remedy}`, { cause });
}

function emptyFolder(docsDir: string): DocentError {
  const remedy = 'Put some there, or name another folder: npm run ingest -- DIR, or DOCS_DIR.';
  return new DocentError(
    'docs_empty',
    `The docs folder ${docsDir} holds no ${READ_EXTENSIONS} file. ${remedy}`,
  );
}

async function readFolder(folder: string): Promise<Dirent[] | { message: string }> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    return { message: faultOf(error) };
  }
}

async function targetOf(link: string): Promise<{ path: string; isFolder: boolean } | { message: string }> {
  try {
    const path = await realpath(link);
    return { path, isFolder: (await stat(path)).isDirectory() };
  } catch (error) {
    return { message: faultOf(error) };
  }
}

/** What the system says about a file, in words. */
export function faultOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const words: Readonly<Record<string, string>> = {
    EACCES: 'may not be read: check its permissions',
    EPERM: 'may not be read: check its permissions',
    ENOENT: 'is gone, or a link to nothing',
    ELOOP: 'is a link that leads to itself',
    ENAMETOOLONG: 'has too long a name',
    EMFILE: 'could not be opened: too many open files',
  };
  return words[code] ?? `could not be read (${code || String(error)})`;
}

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
