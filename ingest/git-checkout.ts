import { existsSync } from 'node:fs';
import { mkdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DocentError } from '../knowledge/errors.ts';
import { kindOf } from '../knowledge/file-kinds.ts';
import { type GitAddress, withoutCredentials } from '../knowledge/git-address.ts';
import { sha256 } from '../knowledge/sha256.ts';
import { gitFault } from './git-fault.ts';
import { lockCheckout, removeStaleLocks } from './git-lock.ts';
import { type GitOutcome, runGit } from './run-git.ts';

/** Fetching a large repository for the first time takes a while; a connection that hangs takes for ever. */
const FETCH_TIMEOUT_MS = 10 * 60_000;
const HEAD = 'refs/docent/head';

/** A folder with docs, which nobody else changes until it is released. */
export type Checkout = { readonly docsDir: string; release(): Promise<void> };

/**
 * Fetches what is new of a repository and gives the folder with its docs, each file with the time of the last
 * commit that touched it. Waits for another ingest that reads from there, which `tell` is told of. Only the files of the wanted folder are fetched, and of the history only what says
 * when they changed (where the host can't leave out the rest, all of it). Nothing of the URL is stored.
 * Throws `DocentError` `bad_config` or `docs_missing`; `timeout` in milliseconds.
 */
export async function checkOutDocs(
  address: GitAddress,
  options: {
    cacheDir: string;
    tell?: (line: string) => void;
    signal?: AbortSignal | undefined;
    timeout?: number;
  },
): Promise<Checkout> {
  const { url, ref = 'HEAD', path } = checked(address);
  const { cacheDir, tell = () => undefined, signal, timeout = FETCH_TIMEOUT_MS } = options;
  const folder = resolve(cacheDir, sha256(`${url}\n${path ?? ''}`).slice(0, 24));
  const [gitDir, tree] = [join(folder, 'repository'), join(folder, 'files')];
  const settings = {
    'remote.origin.url': /^[^:]+$/.test(url) ? resolve(url) : url,
    'remote.origin.promisor': 'true',
    'remote.origin.partialCloneFilter': 'blob:none',
    'core.sparseCheckout': path === undefined ? 'false' : 'true',
    'gc.auto': '0',
  };
  const git = async (...args: string[]): Promise<string> => {
    const outcome: GitOutcome = await runGit(args, { settings, timeout, signal });
    if (outcome.kind === 'done') return outcome.stdout;
    throw gitFault(outcome, { url, ref, folder });
  };
  const inTree = (...args: string[]) => git(`--git-dir=${gitDir}`, `--work-tree=${tree}`, ...args);

  const name = withoutCredentials(url);
  const lock = await keptIn(cacheDir, async () => {
    await mkdir(tree, { recursive: true });
    return lockCheckout(folder, { name, tell, signal });
  });
  try {
    const docsDir = await fetchInto();
    return { docsDir, release: lock.release };
  } catch (error) {
    await lock.release();
    throw error;
  }

  async function fetchInto(): Promise<string> {
    if (!existsSync(join(gitDir, 'HEAD'))) await git('init', '-q', '--bare', '--template=', '--', gitDir);
    await keptIn(cacheDir, async () => {
      await removeStaleLocks(gitDir);
      await mkdir(join(gitDir, 'info'), { recursive: true });
      const pattern = path === undefined ? '*' : `${path}/`;
      await writeFile(join(gitDir, 'info', 'sparse-checkout'), `/${pattern}\n`);
    });
    await inTree(
      ...['fetch', '-q', '--no-tags', '--no-write-fetch-head', '--filter=blob:none', '--force'],
      ...['--', 'origin', `${ref}:${HEAD}`],
    );
    // Without this, a folder that is gone would only look empty.
    if (path !== undefined) await findFolder(inTree, path, { url, ref });
    await inTree('read-tree', '--reset', '-u', HEAD);
    await setTimes(tree, await inTree('log', '--no-renames', '--format=%x01%ct', '--name-only', HEAD));
    return join(tree, path ?? '');
  }
}

/** A fault of the disk, as one of the folder that repositories are kept in. */
async function keptIn<T>(cacheDir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (cause instanceof DocentError || code === 'ABORT_ERR') throw cause;
    throw new DocentError(
      'bad_config',
      `The repository can't be kept in ${resolve(cacheDir)}${code ? ` (${String(code)})` : ''}. Set GIT_CACHE to a folder that can be written.`,
      { cause },
    );
  }
}

function checked(address: GitAddress): GitAddress {
  const { url, ref, path } = address;
  const refuse = (what: string) => {
    throw new DocentError(
      'bad_config',
      `${what}. Name it as https://host/team/repo.git, with --ref and --path.`,
    );
  };
  if (url.startsWith('-') || /^[a-z][a-z0-9+.-]*::/i.test(url) || /[\0\n\r]/.test(url)) {
    refuse('This repository address is not allowed');
  }
  if (ref !== undefined && (!/^[\p{L}\p{N}_][\p{L}\p{N}_./@+-]*$/u.test(ref) || ref.includes('..'))) {
    refuse(`"${ref}" can't be the name of a branch, tag or commit`);
  }
  if (
    path !== undefined &&
    (/[\0\n\r\\*?[!#]/.test(path) || path.split('/').some((part) => /^\.{0,2}$/.test(part)))
  ) {
    refuse(`"${path}" can't be a folder of a repository`);
  }
  return address;
}

async function findFolder(
  git: (...args: string[]) => Promise<string>,
  path: string,
  { url, ref }: { url: string; ref: string },
): Promise<void> {
  const found = await git('ls-tree', '-d', '--name-only', HEAD, '--', path);
  if (found.trim() !== '') return;
  const where = `${withoutCredentials(url)} has no folder "${path}" at ${ref}`;
  throw new DocentError('docs_missing', `${where}. Name another one with --path. The index stays as it was.`);
}

/** `log`: a line with the time (seconds) of each commit, newest first, before the paths that it touched. */
async function setTimes(tree: string, log: string): Promise<void> {
  const times = new Map<string, number>();
  let time = 0;
  for (const line of log.split('\n')) {
    if (line.startsWith('\x01')) time = Number(line.slice(1));
    else if (line !== '' && kindOf(line) !== undefined && !times.has(line)) times.set(line, time);
  }
  for (const [path, seconds] of times) {
    const file = join(tree, path);
    if ((await stat(file).catch(() => undefined))?.isFile()) await utimes(file, seconds, seconds);
  }
}
