import type { Embedder } from '../knowledge/embedder.ts';
import { search } from '../knowledge/search.ts';
import type { StoreReader } from '../knowledge/snapshot.ts';
import type { Search } from './routes/search.ts';

/** The search of `GET /api/search`: the best chunks for a question, each as it stands in its source. */
export function makeSearch({ store, embedder }: { store: StoreReader; embedder: Embedder }): Search {
  return async (question, k, audiences) => {
    const snapshot = await store.current(audiences);
    const { ranked } = await search(question, { snapshot, embedder });
    const hits = ranked.slice(0, k).map(({ chunk, score }) => {
      const { path, anchor, headings, title, text, start, end } = chunk;
      return { path, anchor, headings, title, text, start, end, score };
    });
    return { hits, version: snapshot.version };
  };
}
