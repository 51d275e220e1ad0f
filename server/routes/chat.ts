import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { DocentError } from '../../knowledge/errors.ts';
import type { ChatEvent, ChatRequest } from '../events.ts';
import type { Log } from '../log.ts';
import { streamEvents } from '../stream-events.ts';
import { onlyOwnPages } from './own-pages.ts';

export type Answer = (request: ChatRequest, signal: AbortSignal) => AsyncGenerator<ChatEvent>;

/** A question longer than this is a document, and no single search can serve it. */
export const LONGEST_QUESTION = 4_000;
const LARGEST_BODY = 256 * 1024;

const schema = z.object({
  messages: z.array(z.object({ role: z.enum(['user', 'assistant']), content: z.string() })).min(1),
});

/** `POST /`: a conversation in, the answer to its last question out as server-sent events. */
export function chatRoute({ answer, log }: { answer: Answer; log: Log }): Hono {
  const tooLarge = bodyLimit({
    maxSize: LARGEST_BODY,
    onError: () => {
      throw new DocentError(
        'question_too_long',
        `The conversation is longer than ${LARGEST_BODY / 1024} kB. Start a new one.`,
      );
    },
  });
  return new Hono().post('/', tooLarge, onlyOwnPages('Questions'), async (context) => {
    const request = parseRequest(await context.req.text());
    return streamEvents({
      events: (signal) => answer(request, signal),
      signal: context.req.raw.signal,
      onError: (error) => log.error(error),
    });
  });
}

/** The request in a body's JSON. Throws `bad_request`, `question_empty` or `question_too_long`. */
export function parseRequest(body: string): ChatRequest {
  const parsed = schema.safeParse(jsonOf(body));
  const last = parsed.data?.messages.at(-1);
  if (!parsed.success || last === undefined) {
    throw new DocentError(
      'bad_request',
      'Send a JSON body such as { "messages": [{ "role": "user", "content": "What is an RMM?" }] }.',
    );
  }
  if (last.role !== 'user') {
    throw new DocentError('bad_request', 'The last of the messages has to be the user’s question.');
  }
  if (last.content.trim() === '') throw new DocentError('question_empty', 'Type a question first.');
  if (last.content.length > LONGEST_QUESTION) {
    const lengths = `${last.content.length.toLocaleString('en')} characters; at most ${LONGEST_QUESTION.toLocaleString('en')} are taken`;
    throw new DocentError(
      'question_too_long',
      `The question has ${lengths}. Ask the point of it in a few sentences.`,
    );
  }
  return parsed.data;
}

/** Undefined when the text isn't JSON. */
export function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
