import type { Connection } from '@lancedb/lancedb';
import { z } from 'zod';
import { arrow, columnOf, tableOf, textAt, textColumn } from './store-arrow.ts';
import { hasTable } from './store-connection.ts';

/** The table whose one row tells of the last run of the ingest, also of one that changed nothing. */
const runsTable = 'runs';
const schema = new arrow.Schema([new arrow.Field('run', new arrow.Utf8(), false)]);

const runShape = z.object({
  /** ISO 8601. */
  endedAt: z.string(),
  seconds: z.number(),
  version: z.number(),
  /** What the index holds since. */
  files: z.number(),
  sections: z.number(),
  chunks: z.number(),
  /** Of its chunks: given to the model, there before, and those that are no more. */
  embedded: z.number(),
  unchanged: z.number(),
  deleted: z.number(),
  /** Files that could not be read, the first of them by name. */
  failed: z.array(z.object({ path: z.string(), message: z.string() })),
  failedFiles: z.number(),
  /** What the check finds in the files as they were last taken in. */
  findings: z.array(
    z.object({
      path: z.string(),
      rule: z.string(),
      severity: z.enum(['error', 'warning']),
      count: z.number(),
    }),
  ),
});

/** What a run of the ingest came to. */
export type IngestRun = Readonly<z.infer<typeof runShape>>;

/** Rewritings of the row before the files of old ones are removed, and how old these must be, in ms. */
const mostVersions = 40;
const graceMs = 10 * 60_000;

/** The last run; `undefined` where none is told of, or in the words of another release. */
export async function readRun(connection: Connection, uri: string): Promise<IngestRun | undefined> {
  if (!(await hasTable(connection, uri, runsTable))) return undefined;
  const rows = await (await connection.openTable(runsTable)).query().select(['run']).toArrow();
  if (rows.numRows === 0) return undefined;
  const parsed = runShape.safeParse(JSON.parse(textAt(columnOf(rows, 'run'), 0)));
  return parsed.success ? parsed.data : undefined;
}

/** Takes the place of the run before. */
export async function writeRun(connection: Connection, uri: string, run: IngestRun): Promise<void> {
  const table = (await hasTable(connection, uri, runsTable))
    ? await connection.openTable(runsTable)
    : await connection.createEmptyTable(runsTable, schema);
  await table.add(tableOf(schema, 1, [textColumn([JSON.stringify(run)])]), { mode: 'overwrite' });
  if ((await table.listVersions()).length > mostVersions)
    await table.optimize({ cleanupOlderThan: new Date(Date.now() - graceMs) });
}
