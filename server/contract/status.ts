import { z } from 'zod';
import { path, version } from './places.ts';

const time = z.string().meta({ description: 'ISO 8601.', examples: ['2026-01-05T08:00:00.000Z'] });
const count = z.number().int().min(0);

const index = z.discriminatedUnion('readable', [
  z.object({
    readable: z.literal(true),
    version,
    madeAt: time.describe('When the last ingest that changed anything ended, ISO 8601.'),
    documents: count,
    sections: count,
    chunks: count,
    embedder: z.string().describe('The embedding model.'),
    dimensions: count,
    chunker: z.string().describe('How documents are cut.'),
    fingerprint: z.string().describe('Short name of these three; servers read only an index with their own.'),
  }),
  z.object({
    readable: z.literal(false),
    code: z.string(),
    message: z.string().describe('What is wrong, and the remedy.'),
  }),
]);

const model = z
  .object({
    writes: z.string(),
    checks: z.string(),
    reachable: z.boolean().describe('False while it isn’t asked, since it has failed again and again.'),
    lastFault: z
      .object({ at: time, message: z.string() })
      .exactOptional()
      .describe('Of this server, since it began.'),
  })
  .describe('The language models, where there are any.');

const ingest = z
  .object({
    endedAt: time,
    seconds: z.number(),
    version,
    source: z
      .string()
      .exactOptional()
      .describe('Where the docs came from: a folder, or a repository as `URL#REF:PATH`.'),
    files: count,
    embedded: count.describe('Chunks given to the embedding model.'),
    unchanged: count.describe('Chunks that were there before.'),
    deleted: count.describe('Chunks that are no more.'),
    failed: z
      .array(z.object({ path, message: z.string() }))
      .describe('Files that could not be read; the first hundred.'),
    failedFiles: count.describe('How many they are.'),
    findings: z
      .array(z.object({ rule: z.string(), severity: z.enum(['error', 'warning']), count, files: count }))
      .describe(
        'What the check finds in the files as they were last taken in, by rule; `npm run ingest -- --check` names each.',
      ),
  })
  .describe('The last run of the ingest that came to its end, whether it changed anything or not.');

export const status = z
  .object({
    docent: z.string().describe('Version of Docent.'),
    node: z.string().describe('Version of Node.'),
    startedAt: time,
    uptime: z.number().describe('Seconds since then.'),
    index,
    mode: z.enum(['quoted', 'written']),
    model: model.exactOptional(),
    running: count.describe('Answers under way on this server.'),
    ingest: ingest.exactOptional(),
  })
  .meta({ id: 'Status', description: 'How this server is, for who runs it.' });
