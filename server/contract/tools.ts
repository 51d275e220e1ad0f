import { z } from 'zod';
import { LONGEST_QUESTION } from './chat.ts';
import { searchHit, searchQuery } from './docs.ts';
import { anchor, changedAt, headings, path, version } from './places.ts';

const line = z.number().int().min(1).describe('Line of the file where it begins, from 1.');
const url = z.string().describe('Opens it.');
const title = z.string().describe('Of the document.');

export const searchDocsInput = z.object({
  query: z.string().min(1).max(LONGEST_QUESTION).describe('What to look for: words, or a question.'),
  k: searchQuery.shape.k,
});
export const searchDocsOutput = z.object({
  hits: z
    .array(
      searchHit
        .pick({ path: true, anchor: true, headings: true, title: true, text: true, score: true })
        .extend({ line, url }),
    )
    .describe('The best passages, best first.'),
  version,
});

export const readSectionInput = z.object({
  path: path.min(1),
  anchor: anchor
    .optional()
    .describe('The section’s anchor, as the other tools give it; the whole document without.'),
});
export const readSectionOutput = z.object({
  path,
  anchor,
  headings,
  title,
  text: z.string().describe('Markdown, with the sections below its heading.'),
  line,
  url,
  changedAt,
  cut: z
    .literal(true)
    .exactOptional()
    .describe('It is longer than what is given here: read its sections one by one.'),
  sections: z.array(z.object({ anchor, headings, line })).describe('The sections in it.'),
  version,
});

export const askDocsInput = z.object({
  question: z
    .string()
    .min(1)
    .max(LONGEST_QUESTION)
    .describe('One question that stands alone, in a sentence.'),
});

export const listDocsInput = z.object({});
export const listDocsOutput = z.object({
  documents: z
    .array(
      z.object({ path, title, changedAt, sections: z.number().int().describe('How many there are.'), url }),
    )
    .describe('By path.'),
  version,
});
