import type { StoreReader } from '../knowledge/snapshot.ts';
import type { Info } from './events.ts';
import { suggestQuestions } from './suggestions.ts';

/** What the client shows before the first question; made once for each version of the index. */
export function makeInfo({
  store,
  model,
  feedback = false,
}: {
  store: StoreReader;
  model?: string;
  feedback?: boolean;
}): () => Promise<Info> {
  let made: Info | undefined;
  return async () => {
    const snapshot = await store.current();
    if (made?.version === snapshot.version && made.ingestedAt === snapshot.createdAt) return made;
    const documents = await snapshot.documents();
    made = {
      name: 'Docent',
      mode: model === undefined ? 'quoted' : 'written',
      ...(model === undefined ? {} : { model }),
      suggestions: suggestQuestions(documents),
      documents: documents.length,
      version: snapshot.version,
      ingestedAt: snapshot.createdAt,
      ...(feedback && { feedback }),
    };
    return made;
  };
}
