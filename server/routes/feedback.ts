import { Hono } from 'hono';
import { DocentError } from '../../knowledge/errors.ts';
import { bodyText } from '../body-text.ts';
import { jsonOf } from '../chat-request.ts';
import { LONGEST_QUESTION } from '../contract/chat.ts';
import { feedback, LONGEST_WHY } from '../contract/gaps.ts';
import type { Feedback } from '../events.ts';
import type { Gaps } from '../gaps/gaps.ts';
import { limitBody } from '../limit-body.ts';
import { gapsOf } from './gaps.ts';

const LARGEST_BODY = 32;
/** `POST /`: what a reader thought of an answer, kept without a word of who it was; 204. */
export function feedbackRoute({ gaps }: { gaps?: Gaps | undefined }): Hono {
  const tooLarge = limitBody(LARGEST_BODY, `A rating has at most ${LARGEST_BODY} kB.`);
  return new Hono().post('/', tooLarge, async (context) => {
    await gapsOf(gaps).rate(parseFeedback(await bodyText(context.req.raw)));
    return context.body(null, 204);
  });
}

/** The rating in a body's JSON. Throws `bad_request`. */
function parseFeedback(body: string): Feedback {
  const parsed = feedback.safeParse(jsonOf(body));
  if (parsed.success) return parsed.data;
  throw new DocentError(
    'bad_request',
    `Send a JSON body such as { "question": "What is an RMM?", "rating": "down", "why": "Too short." }, with at most ${LONGEST_QUESTION} characters of question and ${LONGEST_WHY} of why.`,
  );
}
