import { Hono } from 'hono';
import type { StoreReader } from '../../knowledge/snapshot.ts';
import { toErrorBody } from '../error-status.ts';

/** `GET /healthz`: the process runs. `GET /readyz`: it can read the index, and so answer. */
export function healthRoute({ store }: { store: StoreReader }): Hono {
  return new Hono()
    .get('/healthz', (context) => context.json({ status: 'ok' }))
    .get('/readyz', async (context) => {
      try {
        const { version } = await store.current();
        return context.json({ status: 'ready', version });
      } catch (error) {
        return context.json(toErrorBody(error).body, 503);
      }
    });
}
