import type { StoreReader } from '../knowledge/snapshot.ts';
import type { Info } from './events.ts';
import type { InfoFor } from './routes/info.ts';
import { suggestQuestions } from './suggestions.ts';

/** More sets of audiences than any company has. */
const MOST_KEPT = 100;

/** What the client shows before the first question; made once for each version of the index and set of audiences. */
export function makeInfo({
  store,
  model,
  feedback = false,
}: {
  store: StoreReader;
  model?: string;
  feedback?: boolean;
}): InfoFor {
  const made = new Map<string, Info>();
  let edition = '';
  return async ({ audiences, signedInAs }) => {
    const snapshot = await store.current(audiences);
    const newest = `${snapshot.version} ${snapshot.createdAt}`;
    if (newest !== edition || made.size > MOST_KEPT) made.clear();
    edition = newest;
    const key = JSON.stringify(audiences);
    const kept = made.get(key);
    const own = {
      ...(feedback && audiences === 'all' && { gaps: true as const }),
      ...(audiences === 'all' && { status: true as const }),
      ...(signedInAs !== undefined && { signedInAs }),
    };
    if (kept) return { ...kept, ...own };
    const documents = await snapshot.documents();
    const info: Info = {
      name: 'Docent',
      mode: model === undefined ? 'quoted' : 'written',
      ...(model === undefined ? {} : { model }),
      suggestions: suggestQuestions(documents),
      documents: documents.length,
      version: snapshot.version,
      ingestedAt: snapshot.createdAt,
      ...(feedback && { feedback }),
    };
    made.set(key, info);
    return { ...info, ...own };
  };
}
