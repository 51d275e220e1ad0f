import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { DocentError } from '../../knowledge/errors.ts';
import { addressOf } from '../address.ts';
import type { AppEnv, Asker, Audiences } from '../asker.ts';
import type { Limits } from '../limits/limits.ts';
import type { TokenFile } from './token-file.ts';

/** Name of the cookie that carries a browser's token. */
export const COOKIE = 'docent';
const BEARER = /^Bearer +(\S+)$/i;

/** Say nothing of the docs, and are needed by those who aren't let in yet: probes, the form, the client's code. */
const OPEN = [/^\/(healthz|readyz|sign-in|sign-out)$/, /^\/assets\//, /^\/favicon\.svg$/, /^\/widget\.js$/];

export type GateDeps = {
  readonly tokens?: TokenFile | undefined;
  /** Who asks without a token; undefined lets nobody in without one. */
  readonly anonymous?: Pick<Asker, 'audiences'> | undefined;
  /** The address that a proxy names is the one that counts. */
  readonly trustProxy?: boolean | undefined;
};

/**
 * The one gate in front of every route: a bearer token, or the cookie of the sign-in form, names who asks. A page
 * that somebody opens leads to the form; all else gets `unauthorized`. A wrong token is refused also where none is needed;
 * where there are none at all, the key that OpenAI's clients always send means nothing. Whoever is refused is counted
 * against `limits` by address, so that many refusals in a row become `rate_limited`.
 */
export function gate(
  { tokens, anonymous, trustProxy = false }: GateDeps,
  limits?: Pick<Limits, 'admit'>,
): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    const stranger = (audiences: Audiences): Asker => ({ name: addressOf(context, trustProxy), audiences });
    if (OPEN.some((path) => path.test(context.req.path))) {
      context.set('asker', stranger([]));
      return next();
    }
    const header = tokens && context.req.header('authorization');
    const token = header === undefined ? getCookie(context, COOKIE) : BEARER.exec(header)?.[1];
    const asker = token === undefined ? undefined : await tokens?.askerOf(token);
    if (asker) {
      context.set('asker', header === undefined ? { ...asker, signedInAs: asker.name } : asker);
      return next();
    }
    if (header === undefined && anonymous) {
      context.set('asker', stranger(anonymous.audiences));
      return next();
    }
    // By address, since there is no name yet.
    await limits?.admit(addressOf(context, trustProxy), token === undefined ? 'request' : 'wrong token');
    if (header === undefined && isPage(context)) {
      const { pathname, search } = new URL(context.req.url);
      return context.redirect(`/sign-in?to=${encodeURIComponent(pathname + search)}`, 303);
    }
    context.header('www-authenticate', 'Bearer realm="Docent"');
    throw new DocentError(
      'unauthorized',
      header === undefined
        ? 'This Docent asks for an access token. Sign in at /sign-in, or send it as "Authorization: Bearer TOKEN".'
        : 'This access token is not, or no longer, valid. Ask whoever runs this Docent for a new one.',
    );
  };
}

/** A browser opens it as a page, rather than a script fetching it. */
function isPage(context: Context): boolean {
  return context.req.method === 'GET' && /\btext\/html\b/.test(context.req.header('accept') ?? '');
}
