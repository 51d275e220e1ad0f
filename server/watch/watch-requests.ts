import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { AppEnv } from '../asker.ts';
import type { Log } from '../log.ts';
import type { Metrics } from './metrics.ts';

/** Probes, and the client's own files: many, and nothing to learn from them when they go well. */
export const QUIET = /^\/(?:healthz|readyz|metrics|assets\/.*)$/;

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
    if (status < 400 && QUIET.test(path)) return;
    const asker = context.get('asker')?.name;
    log.request({
      id: context.get('requestId'),
      method,
      path,
      status,
      ms: Math.round(performance.now() - began),
      ...(asker !== undefined && { asker }),
    });
  };
}
