import { ServerResponse } from 'node:http';
import type { Context, MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { AppEnv } from '../asker.ts';
import type { Traces } from './traces.ts';
import { QUIET } from './watch-requests.ts';

/** Each request a span, from its headers to the end of its response, below that of who asks (`traceparent`). */
export function traceRequests(traces: Traces): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    if (QUIET.test(context.req.path)) return next();
    const traced = traces.request(context.req.method, context.req.header('traceparent'));
    await traced.run(next);
    const [route, { status }] = [routePath(context), context.res];
    const outgoing = outgoingOf(context);
    if (!outgoing || outgoing.closed) traced.end(route, status);
    else outgoing.once('close', () => traced.end(route, status));
  };
}

/** Undefined for a request that came over no connection. */
function outgoingOf(context: Context): ServerResponse | undefined {
  const env: unknown = context.env;
  const outgoing: unknown =
    typeof env === 'object' && env !== null ? Reflect.get(env, 'outgoing') : undefined;
  return outgoing instanceof ServerResponse ? outgoing : undefined;
}
