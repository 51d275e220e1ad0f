import type { MiddlewareHandler } from 'hono';
import { DocentError } from '../../knowledge/errors.ts';

/** Refuses, with `bad_request`, what a browser sends from another site's page. `what` begins the message. */
export function onlyOwnPages(what: string): MiddlewareHandler {
  return async (context, next) => {
    if (context.req.header('sec-fetch-site') === 'cross-site') {
      throw new DocentError('bad_request', `${what} are taken from this server’s own pages only.`);
    }
    await next();
  };
}
