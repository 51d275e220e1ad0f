import { z } from 'zod';
import { LONGEST_QUESTION } from './chat.ts';
import { anchor, changedAt, end, hash, headings, path, start, version } from './places.ts';

/** More than anyone reads. */
export const MOST_HITS = 50;

/** Query of `GET /api/search`. */
export const searchQuery = z.object({
  q: z
    .string()
    .min(1)
    .max(LONGEST_QUESTION)
    .meta({ description: 'The question.', examples: ['What is an RMM?'] }),
  k: z.coerce.number().int().min(1).max(MOST_HITS).default(10).describe('The number of hits wanted.'),
});
export const searchHit = z
  .object({
    path,
    anchor,
    headings,
    title: z.string().describe('Of the document.'),
    text: z.string().describe('The passage as it stands in its source.'),
    start,
    end,
    score: z.number().describe('Ranks the hits of one search; higher is better.'),
  })
  .meta({ id: 'SearchHit', description: 'A passage.' });
export const searchResponse = z
  .object({ hits: z.array(searchHit), version })
  .meta({ id: 'SearchResponse', description: 'The best passages, best first.' });

export const sectionInfo = z
  .object({
    anchor,
    headings,
    level: z.number().int().describe('Of its heading, 1 to 6; 0 above the first.'),
    start,
    end,
    hash,
    changedAt,
  })
  .meta({
    id: 'SectionInfo',
    description: 'A section without its text: `source.slice(start, end)` of its document.',
  });
const summary = { path, title: z.string(), changedAt, sections: z.array(sectionInfo) };
export const documentList = z
  .object({ documents: z.array(z.object(summary)), version })
  .meta({ id: 'DocumentList', description: 'All documents, by path.' });
export const documentPage = z
  .object({ ...summary, source: z.string().describe('The whole file, Markdown.'), version })
  .meta({ id: 'DocumentPage', description: 'One document with its Markdown.' });

/** Query of `GET /api/sections`. */
export const sectionQuery = z.object({
  path: path.min(1),
  anchor: anchor.default(''),
  hash: hash.min(1),
});
export const sectionState = z
  .discriminatedUnion('status', [
    z.object({
      status: z.enum(['same', 'changed', 'moved']),
      path,
      anchor,
      headings,
      text: z.string().describe('Its present Markdown.'),
      start,
      changedAt,
      version,
    }),
    z.object({ status: z.literal('gone'), path, anchor, version }),
  ])
  .meta({
    id: 'SectionState',
    description:
      'A section that was cited, as it is now. `moved`: its very text stands under the `path` and `anchor` given here.',
  });

export const info = z
  .object({
    name: z.string(),
    mode: z
      .enum(['quoted', 'written'])
      .describe('Whether answers are quoted from the docs or written by a model.'),
    model: z.string().exactOptional().describe('The model that writes.'),
    suggestions: z.array(z.string()).describe('Questions to begin with.'),
    documents: z.number().int().describe('How many there are.'),
    version,
    ingestedAt: z.string().describe('Time of the last ingest, ISO 8601.'),
    feedback: z.literal(true).exactOptional().describe('Ratings are taken.'),
    gaps: z.literal(true).exactOptional().describe('You may read which questions the docs don’t answer.'),
    status: z.literal(true).exactOptional().describe('You may read how this server is.'),
    signedInAs: z.string().exactOptional().describe('Name of the access token that you signed in with.'),
  })
  .meta({ id: 'Info', description: 'What the client shows before the first question.' });

export const health = z
  .object({ status: z.literal('ok') })
  .meta({ id: 'Health', description: 'The process runs.' });
export const readiness = z
  .object({ status: z.literal('ready'), version })
  .meta({ id: 'Readiness', description: 'The index can be read, and so questions answered.' });
