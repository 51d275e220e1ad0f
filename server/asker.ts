import type { Context } from 'hono';
import type { Audience } from '../knowledge/audience.ts';
import type { AnswerOptions } from './answer/answer.ts';

/** Groups whose documents may be seen; `all` where documents aren't kept apart. */
export type Audiences = Audience | 'all';

/** Who asks: the name of an access token, never the token itself, or the address where there is none. */
export type Asker = {
  readonly name: string;
  readonly audiences: Audiences;
  /** The name, when the sign-in form's cookie brought the token. */
  readonly signedInAs?: string;
};

/** What the gate leaves for the routes. */
export type AppEnv = { Variables: { asker?: Asker; requestId?: string } };

/** Who asks where no protocol says so, as over standard input. */
export const SOMEBODY = 'somebody';

/** Where no gate stands, as on loopback, anybody sees everything. */
export const ANYBODY: Asker = { name: 'anybody', audiences: 'all' };

/** What the way in gives to each answer: who asks, and what they may see. */
export function answerOptionsOf(context: Context<AppEnv>, signal: AbortSignal): AnswerOptions {
  const { name, audiences } = askerOf(context);
  const requestId = context.get('requestId');
  return { signal, audiences, askedBy: name, ...(requestId !== undefined && { requestId }) };
}

export function askerOf(context: Context<AppEnv>): Asker {
  return context.get('asker') ?? ANYBODY;
}
