import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** The address that a request comes from: the connection's, or behind a trusted proxy the last one that it names. */
export function addressOf(context: Context, trustProxy: boolean): string {
  const named = trustProxy ? context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  return named || connectionOf(context) || 'unknown';
}

/** Undefined for a request that came over no connection. */
function connectionOf(context: Context): string | undefined {
  try {
    return getConnInfo(context).remote.address;
  } catch {
    return undefined;
  }
}
