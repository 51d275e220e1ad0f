import { Hono } from 'hono';
import { DocentError } from '../../knowledge/errors.ts';
import { type AppEnv, askerOf } from '../asker.ts';
import type { Metrics } from '../watch/metrics.ts';

/** `GET /metrics`: for Prometheus, and for who may see everything. `not_found` where nothing is measured. */
export function metricsRoute({ metrics }: { metrics?: Metrics | undefined }): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/metrics', async (context) => {
    if (!metrics) throw new DocentError('not_found', 'Nothing is measured here.');
    if (askerOf(context).audiences !== 'all') {
      throw new DocentError(
        'forbidden',
        'Metrics are for tokens that see everything: npm run token -- add prometheus --audience "*"',
      );
    }
    return context.body(await metrics.text(), 200, { 'content-type': metrics.contentType });
  });
}
