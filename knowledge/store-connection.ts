import './store-threads.ts';
import { access, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Connection, connect, Session } from '@lancedb/lancedb';
import { DocentError } from './errors.ts';

/** `storageOptions` hold credentials and never show in a message. */
export type StoreLocation = {
  /** A folder, `file://`, `s3://`, `gs://`, `az://` or `db://`. */
  readonly uri: string;
  readonly storageOptions?: Readonly<Record<string, string>>;
  /** For `db://`: LanceDB Cloud's key, which never shows in a message, and region. */
  readonly cloud?: { readonly apiKey?: string | undefined; readonly region?: string | undefined } | undefined;
};

/** LanceDB's own caches may take 7 GB; these hold the indices of some 100,000 chunks. */
const indexCacheBytes = 384n * 1024n * 1024n;
const metadataCacheBytes = 128n * 1024n * 1024n;

/** A connection with caches of its own, so that a rebuilt store is never read through a stale one. */
export function connectStore({ uri, storageOptions, cloud }: StoreLocation): Promise<Connection> {
  const session = new Session(indexCacheBytes, metadataCacheBytes);
  const where = localFolder(uri) ?? uri;
  const { apiKey, region } = cloud ?? {};
  return connect(
    where,
    {
      ...(storageOptions && { storageOptions: { ...storageOptions } }),
      ...(apiKey !== undefined && { apiKey }),
      ...(region !== undefined && { region }),
    },
    session,
  );
}

/** Absolute path of a store on this machine's disk; `undefined` for one elsewhere. */
export function localFolder(uri: string): string | undefined {
  if (uri.startsWith('file://')) return fileURLToPath(uri);
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(uri) ? undefined : resolve(uri);
}

/**
 * Whether a table of that name is there, damaged or not. One whose making was cut short, a folder without any
 * manifest, never was.
 */
export async function hasTable(connection: Connection, uri: string, name: string): Promise<boolean> {
  const folder = localFolder(uri);
  if (folder === undefined) return (await tableNames(connection)).includes(name);
  const manifests = await readdir(join(folder, `${name}.lance`, '_versions')).catch(() => []);
  return manifests.some((file) => file.endsWith('.manifest'));
}

/** False for a local folder that isn't there; connecting would make it. */
export async function folderExists(uri: string): Promise<boolean> {
  const folder = localFolder(uri);
  return folder === undefined || isThere(folder);
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** All tables, by name. */
export async function tableNames(connection: Connection): Promise<string[]> {
  const names: string[] = [];
  for (;;) {
    const last = names.at(-1);
    const page = await connection.tableNames(last === undefined ? {} : { startAfter: last });
    if (page.length === 0) return names;
    names.push(...page);
  }
}

/** Runs a read; a fault of LanceDB becomes a `store_damaged` that says how to rebuild. */
export async function reading<T>(uri: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof DocentError) throw cause;
    // LanceDB makes files that only their owner may read.
    const remedy = isOutOfReach(cause)
      ? storageRemedy
      : noPermission.test(messageOf(cause))
        ? 'no permission. Run server and ingest as the same user, or let this one read the folder: chmod -R a+rX'
        : 'if this lasts, rebuild it from the docs: npm run ingest -- --full';
    throw new DocentError('store_damaged', `The index at ${uri} can't be read: ${remedy}`, {
      cause: withoutRequest(cause),
    });
  }
}

/** Runs a write; a fault of LanceDB or of the disk becomes a `store_unwritable` that says why. */
export async function writing<T>(uri: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (cause instanceof DocentError) throw cause;
    throw new DocentError('store_unwritable', `The index at ${uri} can't be written: ${reasonOf(cause)}`, {
      cause: withoutRequest(cause),
    });
  }
}

/** Whether it was the network or the storage that refused, and says nothing of what is stored. */
export function isOutOfReach(cause: unknown): boolean {
  const message = messageOf(cause);
  // 416 is the answer for a file that is too short.
  return /Error performing [A-Z]+ https?:/.test(message) && !/status code: 416/.test(message);
}

/** A storage's refusal by its code alone: its whole answer repeats the key's id and the request that was signed. */
function withoutRequest(cause: unknown): unknown {
  const [whole] = isOutOfReach(cause) ? (/<\?xml[\s\S]*|<Error>[\s\S]*/.exec(messageOf(cause)) ?? []) : [];
  if (whole === undefined) return cause;
  return new Error(messageOf(cause).replace(whole, /<Code>(\w+)<\/Code>/.exec(whole)?.[1] ?? ''));
}

const storageRemedy =
  'the storage can’t be reached or refuses. Check its address, its credentials, and that the bucket is there.';

function reasonOf(cause: unknown): string {
  const message = messageOf(cause);
  if (isOutOfReach(cause)) return `${storageRemedy} See the cause in the log; the last version is intact.`;
  if (/no space left|ENOSPC|os error 28|quota/i.test(message))
    return 'the disk is full. Free some space and run it again; the last version is intact.';
  if (noPermission.test(message))
    return 'no permission. Make the folder writable or choose another with --store.';
  if (/not a directory|ENOTDIR|EEXIST|os error (17|20)\b/i.test(message))
    return 'a file stands where a folder should be. Choose another folder with --store.';
  return 'see the cause in the log, then run it again; the last version is intact.';
}

const noPermission = /permission denied|read-only|EACCES|EPERM|EROFS|os error (1|13|30)\b/i;

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** A value for a `where` text, which has no parameters. */
export function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** `column IN (...)` for any number of values. */
export function isOneOf(column: string, values: readonly string[]): string {
  return `${column} IN (${values.map(quoted).join(', ')})`;
}

/** Parts of at most `size` items, in order. */
export function partsOf<T>(items: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size));
  return parts;
}
