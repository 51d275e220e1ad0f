import { Hono } from 'hono';
import { DocentError } from '../../knowledge/errors.ts';
import { onlyOwners } from '../access/only-owners.ts';
import type { AppEnv } from '../asker.ts';
import type { StatusFor } from '../status.ts';

/** `GET /`: how the server is, for who may see everything. `not_found` where nobody looks. */
export function statusRoute({ status }: { status?: StatusFor | undefined }): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/', onlyOwners('How this Docent is doing is told'), async (context) => {
    if (!status) throw new DocentError('not_found', 'How this Docent is doing isn’t told here.');
    return context.json(await status());
  });
}
