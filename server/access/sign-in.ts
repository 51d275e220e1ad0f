import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Context, Hono } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import { csrf } from 'hono/csrf';
import { DocentError } from '../../knowledge/errors.ts';
import type { AppEnv } from '../asker.ts';
import { limitBody } from '../limit-body.ts';
import { COOKIE } from './gate.ts';
import type { TokenFile } from './token-file.ts';

/** A month: tokens end when they are revoked. */
const COOKIE_SECONDS = 30 * 24 * 60 * 60;

/** The form that takes an access token (`/sign-in`) and puts it into a cookie that scripts can't read; `/sign-out`. */
export function signInRoute({ tokens, webDir }: { tokens: TokenFile; webDir: string }): Hono<AppEnv> {
  async function form(context: Context, status: 200 | 401): Promise<Response> {
    try {
      const html = await readFile(join(webDir, 'sign-in.html'), 'utf8');
      return context.html(html, status, { 'cache-control': 'no-store' });
    } catch (cause) {
      throw new DocentError('not_found', 'The web client is not built. Run: npm run build', { cause });
    }
  }
  return new Hono<AppEnv>()
    .use('/sign-*', csrf({ origin: isOwnOrigin }))
    .get('/sign-in', (context) => form(context, 200))
    .post('/sign-in', limitBody(8, 'An access token is shorter.'), async (context) => {
      const fields = new URLSearchParams(await context.req.text());
      const token = (fields.get('token') ?? '').trim();
      const to = fields.get('to') ?? '';
      if (!(await tokens.askerOf(token))) {
        return context.redirect(`/sign-in?failed=1&to=${encodeURIComponent(ownPath(to))}`, 303);
      }
      setCookie(context, COOKIE, token, {
        httpOnly: true,
        sameSite: 'Lax',
        secure: isSecure(context),
        path: '/',
        maxAge: COOKIE_SECONDS,
      });
      return context.redirect(ownPath(to), 303);
    })
    .post('/sign-out', (context) => {
      deleteCookie(context, COOKIE, { path: '/' });
      return context.redirect('/sign-in', 303);
    });
}

/** The way back, when it is one of ours: never another host's. */
function ownPath(to: string): string {
  const here = 'http://own.invalid';
  if (!to.startsWith('/') || !URL.canParse(to, here)) return '/';
  const { origin, pathname, search, hash } = new URL(to, here);
  // "/.//other.host" is a path here, and another host in a header.
  return origin === here && !pathname.startsWith('//') ? pathname + search + hash : '/';
}

/** Compared by host: behind a proxy that speaks TLS, the scheme that we see is another. */
function isOwnOrigin(origin: string, context: Context): boolean {
  return URL.canParse(origin) && new URL(origin).host === context.req.header('host');
}

/** Behind a proxy that speaks TLS, the connection to us is plain. */
function isSecure(context: Context): boolean {
  return (
    context.req.header('x-forwarded-proto') === 'https' || new URL(context.req.url).protocol === 'https:'
  );
}
