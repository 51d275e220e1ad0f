import { Hono } from 'hono';
import type { Answer } from '../answer/answer.ts';
import { type AppEnv, askerOf } from '../asker.ts';
import { CONVERSATION_TOO_LARGE, LARGEST_CONVERSATION, parseRequest } from '../chat-request.ts';
import { limitBody } from '../limit-body.ts';
import type { Log } from '../log.ts';
import { streamEvents } from '../stream-events.ts';
import { onlyOwnPages } from './own-pages.ts';

/** `POST /`: a conversation in, the answer to its last question out as server-sent events. */
export function chatRoute({ answer, log }: { answer: Answer; log: Log }): Hono<AppEnv> {
  return new Hono<AppEnv>().post(
    '/',
    limitBody(LARGEST_CONVERSATION, CONVERSATION_TOO_LARGE),
    onlyOwnPages('Questions'),
    async (context) => {
      const request = parseRequest(await context.req.text());
      const { audiences } = askerOf(context);
      return streamEvents({
        events: (signal) => answer(request, { signal, audiences }),
        signal: context.req.raw.signal,
        onError: (error) => log.error(error),
      });
    },
  );
}
