import type { Connection } from '@lancedb/lancedb';
import { z } from 'zod';
import { readNote, writeNote } from './store-note.ts';

/** The table whose one row tells of the last run of the ingest, also of one that changed nothing. */
const runsTable = 'runs';

const runShape = z.object({
  /** ISO 8601. */
  endedAt: z.string(),
  seconds: z.number(),
  version: z.number(),
  /** Where the docs came from, see `docsSource`; absent in what earlier releases wrote. */
  source: z.string().exactOptional(),
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
  /** Of which release the rules are. */
  rules: z.string().optional(),
  /** What the check finds in all of the files. */
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

/** Servers may be reading it. */
const runsAge = { mostVersions: 40, graceMs: 10 * 60_000 };

/** The last run; `undefined` where none is told of, or in the words of another release. */
export async function readRun(connection: Connection, uri: string): Promise<IngestRun | undefined> {
  const text = await readNote(connection, uri, runsTable);
  const parsed = text === undefined ? undefined : runShape.safeParse(JSON.parse(text));
  return parsed?.success ? parsed.data : undefined;
}

/** Takes the place of the run before. */
export async function writeRun(connection: Connection, uri: string, run: IngestRun): Promise<void> {
  await writeNote(connection, uri, runsTable, JSON.stringify(run), runsAge);
}
