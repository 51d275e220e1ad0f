import type { Connection } from '@lancedb/lancedb';
import { arrow, columnOf, tableOf, textAt, textColumn } from './store-arrow.ts';
import { hasTable, isOutOfReach } from './store-connection.ts';

/** Rewritings of a note before the files of old ones are removed, and how old these must be, in ms. */
export type NoteAge = { readonly mostVersions: number; readonly graceMs: number };

const column = 'run';
const schema = new arrow.Schema([new arrow.Field(column, new arrow.Utf8(), false)]);

/** The text of a table that holds one row; `undefined` where there is none. */
export async function readNote(
  connection: Connection,
  uri: string,
  table: string,
): Promise<string | undefined> {
  if (!(await hasTable(connection, uri, table))) return undefined;
  const rows = await (await connection.openTable(table)).query().select([column]).toArrow();
  return rows.numRows === 0 ? undefined : textAt(columnOf(rows, column), 0);
}

/** Takes the place of the text before. No note is worth a damaged table: one is made anew. */
export async function writeNote(
  connection: Connection,
  uri: string,
  table: string,
  text: string,
  age: NoteAge,
): Promise<void> {
  try {
    await rewrite(connection, uri, table, text, age);
  } catch (error) {
    if (isOutOfReach(error) || !(await hasTable(connection, uri, table))) throw error;
    await connection.dropTable(table);
    await rewrite(connection, uri, table, text, age);
  }
}

async function rewrite(
  connection: Connection,
  uri: string,
  name: string,
  text: string,
  { mostVersions, graceMs }: NoteAge,
): Promise<void> {
  const table = (await hasTable(connection, uri, name))
    ? await connection.openTable(name)
    : await connection.createEmptyTable(name, schema);
  await table.add(tableOf(schema, 1, [textColumn([text])]), { mode: 'overwrite' });
  if ((await table.listVersions()).length > mostVersions)
    await table.optimize({ cleanupOlderThan: new Date(Date.now() - graceMs) });
}
