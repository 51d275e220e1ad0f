import { z } from 'zod';
import { LONGEST_QUESTION } from './chat.ts';
import { anchor, headings, path, score } from './places.ts';

/** A word of why, not a letter. */
export const LONGEST_WHY = 1_000;
const LONGEST_NAME = 1_000;
const MOST_SOURCES = 20;

export const feedback = z
  .object({
    question: z.string().trim().min(1).max(LONGEST_QUESTION),
    rating: z.enum(['up', 'down']),
    why: z.string().trim().max(LONGEST_WHY).optional().describe('A word of why.'),
    sources: z
      .array(z.object({ path: path.max(LONGEST_NAME), anchor: anchor.max(LONGEST_NAME) }))
      .max(MOST_SOURCES)
      .optional()
      .describe('Sections that the answer was made of.'),
  })
  .meta({ id: 'Feedback', description: 'What a reader thought of an answer.' });

export const nearSection = z
  .object({ path, anchor, headings })
  .meta({ id: 'NearSection', description: 'Where an answer to an open question could stand.' });
export const gapGroup = z
  .object({
    question: z.string().describe('The wording asked most.'),
    alike: z.array(z.string()).describe('Other wordings, at most five.'),
    unanswered: z
      .number()
      .int()
      .describe('How often it was asked without an answer, or with one that only came near.'),
    ratedDown: z.number().int().describe('How often its answer was rated badly.'),
    why: z
      .array(z.string())
      .describe('What readers wrote about the answers they rated badly, at most five, newest first.'),
    score: score.describe('How surely the docs answered it the last time it was asked.'),
    lastAsked: z.string().describe('ISO 8601.'),
    nearest: nearSection.exactOptional(),
    resolved: z
      .boolean()
      .exactOptional()
      .describe('The index answers it now, from text that is new since. Absent until the server has looked.'),
  })
  .meta({
    id: 'GapGroup',
    description:
      'Open questions that mean much the same: unanswered, answered only nearly, or with an answer rated badly.',
  });
export const gapList = z
  .object({
    groups: z.array(gapGroup),
    rated: z
      .object({ up: z.number().int(), down: z.number().int() })
      .describe('How readers rated answers in all.'),
    retentionDays: z.number().int().describe('Days that questions are kept.'),
  })
  .meta({ id: 'GapList', description: 'The open ones first, and of those the most asked.' });
