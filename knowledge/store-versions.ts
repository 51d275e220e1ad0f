import type { Connection, Table } from '@lancedb/lancedb';
import { z } from 'zod';
import { DocentError } from './errors.ts';
import {
  arrow,
  bytesAt,
  bytesColumn,
  columnOf,
  intColumn,
  tableOf,
  textAt,
  textColumn,
} from './store-arrow.ts';
import { hasTable } from './store-connection.ts';
import { layout } from './store-schema.ts';

/**
 * The table whose newest row says which versions of which tables make up the index. To append a row is
 * to commit: what the tables hold beyond it is invisible.
 */
const versionsTable = 'versions';

const schema = new arrow.Schema([
  new arrow.Field('version', new arrow.Int32(), false),
  new arrow.Field('pointer', new arrow.Utf8(), false),
  new arrow.Field('lexicon', new arrow.Binary(), false),
]);

const tableVersion = z.object({ table: z.string(), version: z.number().int().positive() });
const pointerShape = z.object({
  layout: z.number().int(),
  version: z.number().int().positive(),
  fingerprint: z.object({ embedder: z.string(), dimensions: z.number().int(), chunker: z.string() }),
  chunks: tableVersion,
  documents: tableVersion,
  counts: z.object({ documents: z.number(), sections: z.number(), chunks: z.number() }),
  createdAt: z.string(),
  /** What the run that committed it wants remembered, such as the findings of the check. */
  summary: z.record(z.string(), z.unknown()),
});

/** One committed version of the index. */
export type Pointer = Readonly<z.infer<typeof pointerShape>>;

/** The newest committed version; `undefined` when nothing was ever committed. */
export async function readPointer(connection: Connection, uri: string): Promise<Pointer | undefined> {
  if (!(await hasTable(connection, uri, versionsTable))) return undefined;
  const table = await connection.openTable(versionsTable);
  const rows = await table.query().select(['version', 'pointer']).toArrow();
  if (rows.numRows === 0) return undefined;
  const pointers = columnOf(rows, 'pointer');
  let newest: Pointer | undefined;
  for (let row = 0; row < rows.numRows; row++) {
    const pointer = parsePointer(textAt(pointers, row));
    if (!newest || pointer.version > newest.version) newest = pointer;
  }
  return newest;
}

/** The packed lexicon that was committed with a version. */
export async function readLexicon(connection: Connection, version: number): Promise<Uint8Array> {
  const table = await connection.openTable(versionsTable);
  const rows = await table.query().where(`version = ${version}`).select(['lexicon']).toArrow();
  if (rows.numRows === 0) throw new DocentError('store_damaged', `Version ${version} of the index is gone.`);
  return bytesAt(columnOf(rows, 'lexicon'), 0);
}

/** Commits a version. */
export async function appendPointer(
  connection: Connection,
  uri: string,
  pointer: Pointer,
  lexicon: Uint8Array,
): Promise<void> {
  const table = (await hasTable(connection, uri, versionsTable))
    ? await connection.openTable(versionsTable)
    : await connection.createEmptyTable(versionsTable, schema);
  await table.add(
    tableOf(schema, 1, [
      intColumn([pointer.version]),
      textColumn([JSON.stringify(pointer)]),
      bytesColumn([lexicon]),
    ]),
  );
}

/** Forgets the rows of versions that no reader can still be on, and the files behind them. */
export async function trimPointers(connection: Connection, newest: Pointer): Promise<void> {
  const table: Table = await connection.openTable(versionsTable);
  if ((await table.countRows(`version < ${newest.version}`)) > 0)
    await table.delete(`version < ${newest.version}`);
  await table.optimize({ cleanupOlderThan: new Date(Date.parse(newest.createdAt) - 1) });
}

function parsePointer(json: string): Pointer {
  const parsed = pointerShape.safeParse(JSON.parse(json));
  if (parsed.success) return parsed.data;
  throw new DocentError(
    'store_damaged',
    "The index's list of versions can't be understood. Rebuild it from the docs: npm run ingest -- --full",
    { cause: parsed.error },
  );
}

/** Whether this program can read the tables that the version names. */
export function hasKnownLayout(pointer: Pointer): boolean {
  return pointer.layout === layout;
}
