import { Hono } from 'hono';
import { DocentError } from '../../knowledge/errors.ts';
import { onlyOwners } from '../access/only-owners.ts';
import type { AppEnv } from '../asker.ts';
import type { Gaps } from '../gaps/gaps.ts';
import { gapsCsv } from '../gaps/gaps-csv.ts';

/**
 * `GET /api/gaps`: what the docs don't answer; `GET /api/gaps.csv`: the same for a spreadsheet.
 * `not_found` where gaps aren't recorded.
 */
export function gapsRoute({ gaps }: { gaps?: Gaps | undefined }): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .use('/api/gaps*', onlyOwners('What the docs lack is'))
    .get('/api/gaps', async (context) => context.json(await gapsOf(gaps).list()))
    .get('/api/gaps.csv', async (context) => {
      const { groups } = await gapsOf(gaps).list();
      return context.body(gapsCsv(groups), 200, {
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': 'attachment; filename="open-questions.csv"',
      });
    });
}

/** Throws `not_found` where nothing is recorded. */
export function gapsOf(gaps: Gaps | undefined): Gaps {
  if (gaps) return gaps;
  throw new DocentError(
    'not_found',
    'Ratings and open questions are not kept here. Set GAPS=on and start Docent anew.',
  );
}
