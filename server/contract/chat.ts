import { z } from 'zod';
import { errorBody } from './error-body.ts';
import { anchor, changedAt, end, hash, headings, path, score, start, version } from './places.ts';

/** A question longer than this is a document, and no single search can serve it. */
export const LONGEST_QUESTION = 4_000;

export const chatMessage = z
  .object({ role: z.enum(['user', 'assistant']), content: z.string() })
  .meta({ id: 'ChatMessage', description: 'What was said before, or the question.' });
export const chatRequest = z
  .object({
    messages: z
      .array(chatMessage)
      .min(1)
      .describe(`The last is the user’s question, at most ${LONGEST_QUESTION} characters.`),
  })
  .meta({ id: 'ChatRequest', description: 'A conversation.' });

const repositoryUrl = z
  .url({ protocol: /^https?$/ })
  .exactOptional()
  .describe(
    'The file in its repository, where `SOURCE_URL` says so; at the words cited, where it has `{line}`.',
  );

export const source = z
  .object({
    n: z.number().int().min(1).describe('The number shown.'),
    path,
    anchor,
    headings,
    title: z.string().describe('Of the document.'),
    url: z.string().describe('Page that opens the section, e.g. `/docs/rmm.md#alerts`.'),
    excerpt: z.string().describe('The quoted or nearest words, plain text, at most 400 characters.'),
    hash,
    changedAt,
    repositoryUrl,
    stale: z.literal(true).exactOptional().describe('Last changed longer ago than `STALE_AFTER_DAYS`.'),
  })
  .meta({ id: 'Source', description: 'A section that the answer may cite.' });

export const citation = z
  .object({
    n: z.number().int().min(1).describe('Number of the source.'),
    quote: z.string(),
    start,
    end,
    repositoryUrl,
  })
  .meta({ id: 'Citation', description: 'Words of a source that a statement stands on.' });

export const claimStatus = z
  .enum(['quoted', 'supported', 'unsupported'])
  .describe(
    '`quoted`: its words stand in the source. `supported`: a checker named words of the source that prove it, and no guard objects. `unsupported`: all else.',
  );

export const claim = z
  .object({
    start: z.number().int().min(0).describe('Where it begins: UTF-16 offset in the answer’s text so far.'),
    end: z.number().int().min(0).describe('Where it ends: UTF-16 offset in the answer’s text so far.'),
    status: claimStatus,
    citations: z.array(citation),
    reason: z.string().exactOptional().describe('Why it isn’t supported, for the reader.'),
    key: z
      .boolean()
      .exactOptional()
      .describe('In a quoted answer: the sentence that answers, among those that stand around it.'),
    checking: z.boolean().exactOptional().describe('True while a checker still looks at it.'),
  })
  .meta({
    id: 'Claim',
    description: 'One statement of the answer. A later claim for the same range replaces the earlier one.',
  });

export const disagreement = z
  .object({
    sides: z
      .array(citation.extend({ path, anchor, changedAt }))
      .min(2)
      .describe('What each of them says, newest first. Each is one of the sources.'),
  })
  .meta({
    id: 'Disagreement',
    description: 'Sentences of the docs that contradict each other on what was asked.',
  });

export const answerMode = z.enum(['quoted', 'written', 'abstained']);

export const done = z
  .object({
    mode: answerMode,
    score,
    version,
    timings: z.record(z.string(), z.number()).describe('Milliseconds by stage.'),
    note: z
      .string()
      .exactOptional()
      .describe(
        'The docs answer only part of the question, or only come near it; says which part is missing.',
      ),
  })
  .meta({ id: 'Done', description: 'The answer is whole.' });

/** Events of an answer by name, each with its data, in the order in which they may first come. */
export const chatEvents = {
  question: z.object({ text: z.string() }).meta({
    id: 'QuestionEvent',
    description: 'The standalone question that is searched for, where it differs from the one typed.',
  }),
  stage: z
    .object({
      stage: z.enum(['searching', 'reading', 'writing', 'checking']),
      sections: z.number().int().exactOptional().describe('How many are read.'),
    })
    .meta({ id: 'StageEvent', description: 'What is being done.' }),
  sources: z
    .object({ sources: z.array(source) })
    .meta({ id: 'SourcesEvent', description: 'What the answer may cite.' }),
  delta: z
    .object({ text: z.string() })
    .meta({ id: 'DeltaEvent', description: 'A piece of the answer’s text, Markdown.' }),
  claim,
  disagreement,
  done,
  error: errorBody,
};
