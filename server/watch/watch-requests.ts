import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { type AppEnv, askerOf } from '../asker.ts';
import type { Log } from '../log.ts';
import type { Metrics } from './metrics.ts';

/**
 * Logs and counts each request when its response begins: method, path without its query (which may hold a question),
 * status, time and who asked.
 */
export function watchRequests(log: Log, metrics: Metrics | undefined): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    const began = performance.now();
    await next();
    const { method, path } = context.req;
    const { status } = context.res;
    metrics?.request(routePath(context), method, status);
    log.request({
      id: context.get('requestId'),
      method,
      path,
      status,
      ms: Math.round(performance.now() - began),
      asker: askerOf(context).name,
    });
  };
}
