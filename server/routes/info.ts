import { Hono } from 'hono';
import type { Info } from '../events.ts';

/** `GET /`: what the client shows before the first question. */
export function infoRoute({ info }: { info: () => Promise<Info> }): Hono {
  return new Hono().get('/', async (context) => context.json(await info()));
}
