import type { Context } from 'hono';

/**
 * Address that Docent has for whoever asks, without a slash at its end: `PUBLIC_URL` where that is set, else the
 * host that was asked, with the scheme that a proxy says it was reached by.
 */
export function publicOrigin(context: Context, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl;
  return `${schemeOf(context)}//${new URL(context.req.url).host}`;
}

/** `https:` or `http:`, as the request was sent: behind a proxy that speaks TLS, the connection to us is plain. */
export function schemeOf(context: Context): string {
  return context.req.header('x-forwarded-proto') === 'https' ? 'https:' : new URL(context.req.url).protocol;
}
