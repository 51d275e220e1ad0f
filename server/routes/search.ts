import { Hono } from 'hono';
import { DocentError } from '../../knowledge/errors.ts';
import { type AppEnv, type Audiences, askerOf } from '../asker.ts';
import { checkedQuestion } from '../chat-request.ts';
import { MOST_HITS, searchQuery } from '../contract/docs.ts';
import type { SearchResponse } from '../events.ts';

/** The best `k` chunks among the documents that the audiences may see. */
export type Search = (question: string, k: number, audiences?: Audiences) => Promise<SearchResponse>;

/** `GET /?q=QUESTION&k=10`: the best chunks, at most 50. */
export function searchRoute({ search }: { search: Search }): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/', async (context) => {
    const question = checkedQuestion(context.req.query('q') ?? '');
    const wanted = context.req.query('k');
    const k = searchQuery.shape.k.safeParse(wanted);
    if (!k.success) {
      throw new DocentError(
        'bad_request',
        `k is the number of hits wanted, 1 to ${MOST_HITS}, not "${wanted}".`,
      );
    }
    return context.json(await search(question, k.data, askerOf(context).audiences));
  });
}
