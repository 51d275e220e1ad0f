import { Hono } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import { csrf } from 'hono/csrf';
import type { AppEnv } from '../asker.ts';
import { limitBody } from '../limit-body.ts';
import { namesHost } from '../origins.ts';
import { schemeOf } from '../public-origin.ts';
import { sendPage } from '../send-page.ts';
import { COOKIE } from './gate.ts';
import type { TokenFile } from './token-file.ts';

/** A month: tokens end when they are revoked. */
const COOKIE_SECONDS = 30 * 24 * 60 * 60;

/** The form that takes an access token (`/sign-in`) and puts it into a cookie that scripts can't read; `/sign-out`. */
export function signInRoute({ tokens, webDir }: { tokens: TokenFile; webDir: string }): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .use('/sign-*', csrf({ origin: namesHost }))
    .get('/sign-in', (context) =>
      sendPage(context, webDir, { file: 'sign-in.html', cacheControl: 'no-store' }),
    )
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
        secure: schemeOf(context) === 'https:',
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
