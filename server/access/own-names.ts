import type { MiddlewareHandler } from 'hono';
import { DocentError } from '../../knowledge/errors.ts';

/** `localhost`, names below it, and addresses: none of them can be pointed here by another site. */
const UNMISTAKABLE = /^(?:localhost|.+\.localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:.]+\])$/i;

/**
 * Answers to Docent's own names only, with `forbidden` to others. Where nobody is asked who they are, another site
 * could point its name at this machine, and its pages would then count as Docent's own (DNS rebinding).
 */
export function onlyOwnNames(publicUrl: string | undefined): MiddlewareHandler {
  const own = publicUrl === undefined ? undefined : new URL(publicUrl).hostname;
  return async (context, next) => {
    const { hostname } = new URL(context.req.url);
    if (!UNMISTAKABLE.test(hostname) && hostname !== own) {
      throw new DocentError(
        'forbidden',
        `This Docent doesn’t know the name ${hostname}. Behind a proxy, set PUBLIC_URL to the address that readers use.`,
      );
    }
    await next();
  };
}
