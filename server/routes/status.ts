import { Hono } from 'hono';
import { DocentError } from '../../knowledge/errors.ts';
import { type AppEnv, askerOf } from '../asker.ts';
import type { StatusFor } from '../status.ts';

/** `GET /`: how the server is, for who may see everything. `not_found` where nobody looks. */
export function statusRoute({ status }: { status?: StatusFor | undefined }): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/', async (context) => {
    if (!status) throw new DocentError('not_found', 'How this Docent is doing isn’t told here.');
    if (askerOf(context).audiences !== 'all') {
      throw new DocentError(
        'forbidden',
        'How this Docent is doing is shown to those who may see all documents: npm run token -- add NAME --audience "*"',
      );
    }
    return context.json(await status());
  });
}
