import type { MiddlewareHandler } from 'hono';
import { DocentError } from '../../knowledge/errors.ts';
import { type AppEnv, askerOf } from '../asker.ts';

/** Refuses with `forbidden` whoever may not see every document; `what` begins the message. */
export function onlyOwners(what: string): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    if (askerOf(context).audiences !== 'all') {
      throw new DocentError(
        'forbidden',
        `${what} for those who may see every document. Make a token for them: npm run token -- add NAME --audience "*"`,
      );
    }
    await next();
  };
}
