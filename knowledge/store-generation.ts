import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection, Table } from '@lancedb/lancedb';
import { describeDifference, shortHash } from './fingerprint.ts';
import type { Fingerprint } from './snapshot.ts';
import { localFolder, tableNames } from './store-connection.ts';
import { compact } from './store-indices.ts';
import { leaseTable } from './store-lease.ts';
import { chunkSchema, documentSchema, layout } from './store-schema.ts';
import { hasKnownLayout, type Pointer, trimPointers } from './store-versions.ts';

/** The two tables that a run writes to, at their newest state. */
export type Generation = {
  readonly chunks: Table;
  readonly documents: Table;
  /**
   * `committed`: exactly what the pointer shows. `new`: empty. `unfinished`: holds rows of a run that
   * never committed; each row is whole, but which there are is unknown.
   */
  readonly state: 'committed' | 'new' | 'unfinished';
};

/**
 * Chooses the tables: the committed ones when they were made with the same settings, else those an
 * unfinished run began for them, else new ones beside. `afresh` always makes new ones.
 */
export async function openGeneration(
  connection: Connection,
  pointer: Pointer | undefined,
  fingerprint: Fingerprint,
  afresh: boolean,
): Promise<Generation> {
  if (pointer && !afresh && isReadable(pointer, fingerprint)) {
    const [chunks, documents] = await Promise.all([
      connection.openTable(pointer.chunks.table),
      connection.openTable(pointer.documents.table),
    ]);
    const [chunksVersion, documentsVersion] = await Promise.all([chunks.version(), documents.version()]);
    const same = chunksVersion === pointer.chunks.version && documentsVersion === pointer.documents.version;
    return { chunks, documents, state: same ? 'committed' : 'unfinished' };
  }
  const begun = (await unreferenced(connection, pointer)).filter((name) => name.includes(tag(fingerprint)));
  if (!afresh) {
    const resumed = await resume(connection, begun);
    if (resumed) return resumed;
  }
  // With a committed version, readers may still be on any of these: `cleanUp` takes them away later.
  if (!pointer) for (const name of begun) await connection.dropTable(name);
  const suffix = `${tag(fingerprint)}_${Date.now().toString(36)}`;
  const chunks = await connection.createEmptyTable(`chunks_${suffix}`, chunkSchema(fingerprint.dimensions));
  const documents = await connection.createEmptyTable(`documents_${suffix}`, documentSchema);
  return { chunks, documents, state: 'new' };
}

/** Whether a reader with this fingerprint can use the committed version. */
export function isReadable(pointer: Pointer, fingerprint: Fingerprint): boolean {
  return hasKnownLayout(pointer) && describeDifference(pointer.fingerprint, fingerprint) === undefined;
}

async function resume(connection: Connection, begun: readonly string[]): Promise<Generation | undefined> {
  const newest = begun.filter((name) => name.startsWith('chunks_')).at(-1);
  const partner = newest?.replace('chunks_', 'documents_');
  if (newest === undefined || partner === undefined || !begun.includes(partner)) return undefined;
  try {
    const [chunks, documents] = await Promise.all([
      connection.openTable(newest),
      connection.openTable(partner),
    ]);
    // A run that was killed while it removed these has left some of their files: each row's is looked
    // for, and the indices are made again.
    for (const table of [chunks, documents]) await table.query().select(['id']).toArrow();
    for (const { name } of await chunks.listIndices()) await chunks.dropIndex(name);
    return { chunks, documents, state: 'unfinished' };
  } catch {
    // What a killed run left can't be read; no reader is on it.
    return undefined;
  }
}

/** Old versions kept at least so long after a newer one was committed: answers may still read them. */
const graceMs = 10 * 60_000;
/**
 * LanceDB takes the date as an age and applies that later, after joining files: by then the same age reaches
 * further. Files are joined in a call before, and so much is left for the rest.
 */
const driftMs = 3_000;
/** Fewer than so many old versions are not worth the rewriting that comes with removing them. */
const oldVersions = 40;

/**
 * Removes what no reader can need any more: tables that the pointer does not name and, once there are
 * many, versions older than the pointer's. Does nothing before the pointer is ten minutes old.
 */
export async function cleanUp(
  connection: Connection,
  pointer: Pointer,
  generation: Generation,
  now: number,
): Promise<void> {
  if (now - Date.parse(pointer.createdAt) < graceMs) return;
  const inUse = [generation.chunks.name, generation.documents.name];
  for (const name of await unreferenced(connection, pointer)) {
    if (!inUse.includes(name)) await connection.dropTable(name);
  }
  if (generation.state !== 'committed') return;
  for (const table of [generation.chunks, generation.documents]) {
    const versions = await table.listVersions();
    const current = await table.version();
    const kept = versions.find(({ version }) => version === current);
    if (versions.length <= oldVersions || !kept) continue;
    await compact(table);
    await table.optimize({ cleanupOlderThan: new Date(kept.timestamp.getTime() - driftMs) });
  }
  await trimPointers(connection, pointer);
}

/** Removes all tables, damaged ones too; nothing else in the folder. */
export async function removeTables(connection: Connection, uri: string): Promise<void> {
  const folder = localFolder(uri);
  if (folder === undefined) {
    // Not the lease: whoever calls this holds it.
    for (const name of await tableNames(connection))
      if (name !== leaseTable) await connection.dropTable(name);
    return;
  }
  for (const name of await readdir(folder)) {
    if (name.endsWith('.lance') || name === '__manifest')
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

async function unreferenced(connection: Connection, pointer: Pointer | undefined): Promise<string[]> {
  const names = (await tableNames(connection)).filter((name) => /^(chunks|documents)_/.test(name));
  return names.filter((name) => name !== pointer?.chunks.table && name !== pointer?.documents.table).sort();
}

function tag(fingerprint: Fingerprint): string {
  return `${shortHash(fingerprint)}l${layout}`;
}
