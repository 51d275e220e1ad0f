import type { Context, MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { DocentError } from '../knowledge/errors.ts';

/** What pages of listed origins may use: all that a reader needs, and nothing that is the docs' owners'. */
const SHARED = /^\/(api\/(chat|search|sections|docs|info|feedback)|v1)(\/|$)/;

/**
 * The one rule for browsers' requests: they are taken from Docent's own pages, and from pages of `listed`
 * origins (`ALLOWED_ORIGINS`) where those are served; all others get `forbidden`. What is no browser passes.
 */
export function admitOrigins(listed: readonly string[]): MiddlewareHandler {
  // Every page may send what it likes and read what it gets, since it gets the refusal unless it is listed.
  const readable = cors({
    origin: (origin) => origin,
    allowMethods: ['GET', 'POST'],
    exposeHeaders: ['retry-after'],
    maxAge: 600,
  });
  return async (context, next) => {
    if (isOwn(context)) return next();
    const { path } = context.req;
    const origin = context.req.header('origin') ?? 'another site';
    return readable(context, async () => {
      const isListed = listed.includes(origin);
      if (isListed && SHARED.test(path)) return next();
      throw new DocentError(
        'forbidden',
        isListed
          ? `${path} is for this Docent’s own pages only.`
          : `Pages of ${origin} may not ask this Docent. Whoever runs it can let them, by naming their origin in ALLOWED_ORIGINS.`,
      );
    });
  };
}

/** Sent by one of Docent's own pages, by a person who opens an address, or by no browser at all. */
function isOwn(context: Context): boolean {
  const site = context.req.header('sec-fetch-site');
  if (site === 'same-origin' || site === 'none') return true;
  if (context.req.method === 'GET' && context.req.header('sec-fetch-mode') === 'navigate') return true;
  const origin = context.req.header('origin');
  // Browsers tell the site only to https and to this machine; over plain http its name has to do.
  return site === undefined && (origin === undefined || namesHost(origin, context));
}

/** Compared by host: behind a proxy that speaks TLS, the scheme that we see is another. */
export function namesHost(origin: string, context: Context): boolean {
  return URL.canParse(origin) && new URL(origin).host === context.req.header('host');
}
