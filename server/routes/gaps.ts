import { Hono } from 'hono';
import { DocentError } from '../../knowledge/errors.ts';
import type { GapList } from '../events.ts';
import type { GapStore } from '../gaps/gap-store.ts';

const MOST = 500;

/** `GET /`: what the docs don't answer, most asked first. `not_found` where gaps aren't recorded. */
export function gapsRoute({ gaps }: { gaps?: GapStore | undefined }): Hono {
  return new Hono().get('/', async (context) => {
    if (!gaps) throw new DocentError('not_found', 'Gaps are not recorded here. Set GAPS=on to do so.');
    const list: GapList = { gaps: await gaps.list(MOST) };
    return context.json(list);
  });
}
