import { relative, resolve, sep } from 'node:path';
import { type GitAddress, readGitAddress, withoutCredentials } from './git-address.ts';
import type { StoreReader } from './snapshot.ts';

/**
 * Where docs come from, as it is kept with the index and compared: a folder by its path, one within the working
 * folder relative to that; a repository as `URL#REF:PATH`, without name and password. `given` goes before what the
 * address says.
 */
export function docsSource(docs: string, given: Pick<GitAddress, 'ref' | 'path'> = {}): string {
  const address = readGitAddress(docs);
  if (!address) return folderName(docs);
  const { ref = address.ref, path = address.path } = given;
  const isLocal = /^[^:]+$/.test(address.url);
  const url = isLocal ? folderName(address.url) : withoutCredentials(address.url);
  const rest = path === undefined ? (ref ?? '') : `${ref ?? ''}:${path}`;
  return rest === '' ? url : `${url}#${rest}`;
}

/** Where the docs of an index come from, as far as it is known, when that is not this `source`. */
export async function otherSource(
  store: Pick<StoreReader, 'lastRun'>,
  source: string,
): Promise<string | undefined> {
  const run = await store.lastRun().catch(() => undefined);
  return run?.source === source ? undefined : run?.source;
}

function folderName(folder: string): string {
  const absolute = resolve(folder);
  const within = relative('', absolute);
  const name = within === '..' || within.startsWith(`..${sep}`) ? absolute : `./${within}`;
  return name.replaceAll(sep, '/');
}
