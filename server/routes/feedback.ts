import { Hono } from 'hono';
import { z } from 'zod';
import { DocentError } from '../../knowledge/errors.ts';
import { jsonOf, LONGEST_QUESTION } from '../chat-request.ts';
import type { Feedback } from '../events.ts';
import type { Gaps } from '../gaps/gaps.ts';
import { limitBody } from '../limit-body.ts';
import { gapsOf } from './gaps.ts';
import { onlyOwnPages } from './own-pages.ts';

const LARGEST_BODY = 32;
/** A word of why, not a letter. */
export const LONGEST_WHY = 1_000;

const schema = z.object({
  question: z.string().trim().min(1).max(LONGEST_QUESTION),
  rating: z.enum(['up', 'down']),
  why: z.string().trim().max(LONGEST_WHY).optional(),
  sources: z
    .array(z.object({ path: z.string().max(1_000), anchor: z.string().max(1_000) }))
    .max(20)
    .optional(),
});

/** `POST /`: what a reader thought of an answer, kept without a word of who it was; 204. */
export function feedbackRoute({ gaps }: { gaps?: Gaps | undefined }): Hono {
  const tooLarge = limitBody(LARGEST_BODY, `A rating has at most ${LARGEST_BODY} kB.`);
  return new Hono().post('/', tooLarge, onlyOwnPages('Ratings'), async (context) => {
    await gapsOf(gaps).rate(parseFeedback(await context.req.text()));
    return context.body(null, 204);
  });
}

/** The rating in a body's JSON. Throws `bad_request`. */
function parseFeedback(body: string): Feedback {
  const parsed = schema.safeParse(jsonOf(body));
  if (parsed.success) return parsed.data;
  throw new DocentError(
    'bad_request',
    `Send a JSON body such as { "question": "What is an RMM?", "rating": "down", "why": "Too short." }, with at most ${LONGEST_QUESTION} characters of question and ${LONGEST_WHY} of why.`,
  );
}
