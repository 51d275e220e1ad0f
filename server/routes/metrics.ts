import { Hono } from 'hono';
import { DocentError } from '../../knowledge/errors.ts';
import { onlyOwners } from '../access/only-owners.ts';
import type { AppEnv } from '../asker.ts';
import type { Metrics } from '../watch/metrics.ts';

/** `GET /metrics`: for Prometheus, and for who may see everything. `not_found` where nothing is measured. */
export function metricsRoute({ metrics }: { metrics?: Metrics | undefined }): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/metrics', onlyOwners('Metrics are'), async (context) => {
    if (!metrics) throw new DocentError('not_found', 'Nothing is measured here.');
    return context.body(await metrics.text(), 200, { 'content-type': metrics.contentType });
  });
}
