import { Hono } from 'hono';
import type { Answer } from '../answer/answer.ts';
import { type AppEnv, answerOptionsOf } from '../asker.ts';
import { bodyText } from '../body-text.ts';
import { CONVERSATION_TOO_LARGE, LARGEST_CONVERSATION, parseRequest } from '../chat-request.ts';
import { limitBody } from '../limit-body.ts';
import type { Log } from '../log.ts';
import { streamEvents } from '../stream-events.ts';

/** `POST /`: a conversation in, the answer to its last question out as server-sent events. */
export function chatRoute({ answer, log }: { answer: Answer; log: Log }): Hono<AppEnv> {
  return new Hono<AppEnv>().post(
    '/',
    limitBody(LARGEST_CONVERSATION, CONVERSATION_TOO_LARGE),
    async (context) => {
      const request = parseRequest(await bodyText(context.req.raw));
      return streamEvents({
        events: (signal) => answer(request, answerOptionsOf(context, signal)),
        signal: context.req.raw.signal,
        onError: (error) => log.error(error),
      });
    },
  );
}
