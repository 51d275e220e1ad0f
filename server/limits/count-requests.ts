import type { MiddlewareHandler } from 'hono';
import type { Answer } from '../answer/answer.ts';
import { type AppEnv, askerOf, SOMEBODY } from '../asker.ts';
import type { Counted, Limits } from './limits.ts';

/** Refuses with `rate_limited` what is one request too many of who asks. */
export function countRequests(limits: Limits, what: Counted): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    await limits.admit(askerOf(context).name, what);
    await next();
  };
}

/** The same answers, each counted as a question of who asks: for a door whose requests aren't all questions. */
export function countQuestions(answer: Answer, limits: Limits): Answer {
  return async function* counted(request, options) {
    await limits.admit(options.askedBy ?? SOMEBODY, 'question');
    yield* answer(request, options);
  };
}
