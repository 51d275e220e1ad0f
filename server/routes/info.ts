import { Hono } from 'hono';
import { type AppEnv, type Asker, askerOf } from '../asker.ts';
import type { Info } from '../events.ts';

export type InfoFor = (asker: Asker) => Promise<Info>;

/** `GET /`: what the client shows before the first question. */
export function infoRoute({ info }: { info: InfoFor }): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/', async (context) => context.json(await info(askerOf(context))));
}
