import { z } from 'zod';
import { answerMode, claimStatus, done, source } from './chat.ts';
import { anchor, changedAt, path, score, version } from './places.ts';

const line = z.number().int().min(1).describe('Line of the file where it begins, from 1.');

export const citedPlace = z
  .object({
    n: z.number().int().min(1).describe('Number of the source.'),
    path,
    anchor,
    line,
    quote: z.string().describe('The words, as they stand there.'),
    url: z
      .string()
      .describe('Opens the section; where no pages are served, the path of its file or its resource.'),
    repositoryUrl: source.shape.repositoryUrl,
  })
  .describe('The place in a file that a statement stands on.');

export const citedSource = source
  .pick({ n: true, path: true, anchor: true, headings: true, title: true, excerpt: true })
  .extend({ url: citedPlace.shape.url, line, repositoryUrl: source.shape.repositoryUrl });

/** What `npm run ask -- --json` prints, and the tool `ask_docs` gives. */
export const citedAnswer = z
  .object({
    question: z.string().describe('The question that was searched for.'),
    answer: z.string().describe('Markdown; "[1]" stands for the source of that number.'),
    mode: answerMode.describe(
      '`abstained`: the docs don’t answer it, and the sources are what comes nearest.',
    ),
    score,
    note: done.shape.note,
    claims: z
      .array(
        z.object({
          text: z.string(),
          status: claimStatus,
          reason: z.string().exactOptional().describe('Why it isn’t supported.'),
          citations: z.array(citedPlace),
        }),
      )
      .describe('The statements of the answer in their order.'),
    disagreements: z
      .array(z.array(citedPlace.extend({ changedAt })).min(2))
      .exactOptional()
      .describe('What the docs say in two ways, each newest first; absent where they agree.'),
    sources: z.array(citedSource),
    version,
  })
  .describe('An answer with the places in the files that prove it.');
