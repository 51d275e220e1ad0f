import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { DocentError } from '../knowledge/errors.ts';

/** Refuses longer bodies, also chunked ones, with `question_too_long` and the given message. */
export function limitBody(kilobytes: number, message: string): MiddlewareHandler {
  return bodyLimit({
    maxSize: kilobytes * 1024,
    onError: () => {
      throw new DocentError('question_too_long', message);
    },
  });
}
