import { IncomingMessage } from 'node:http';
import type { Context } from 'hono';

/**
 * Status to log for a request that nobody waits for any more: 408 where its body took too long, 400 where it never came
 * whole, else 499, as proxies call a client that has left. Undefined while somebody waits.
 */
export function leftEarly(context: Context): number | undefined {
  if (!context.req.raw.signal.aborted) return undefined;
  const env: unknown = context.env;
  const incoming: unknown =
    typeof env === 'object' && env !== null ? Reflect.get(env, 'incoming') : undefined;
  if (!(incoming instanceof IncomingMessage) || incoming.complete) return 499;
  const ended = incoming.socket.errored;
  return ended && 'code' in ended && ended.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
}
