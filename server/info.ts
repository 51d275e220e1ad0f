import type { Snapshot, StoreReader } from '../knowledge/snapshot.ts';
import type { Info } from './events.ts';
import type { InfoFor } from './routes/info.ts';
import { suggestQuestions } from './suggestions.ts';

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
  // The store gives the same snapshot for the same version and audiences.
  const made = new WeakMap<Snapshot, Info>();

  async function make(snapshot: Snapshot): Promise<Info> {
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
    made.set(snapshot, info);
    return info;
  }

  return async ({ audiences, signedInAs }) => {
    const snapshot = await store.current(audiences);
    const seesAll = audiences === 'all';
    return {
      ...(made.get(snapshot) ?? (await make(snapshot))),
      ...(feedback && seesAll && { gaps: true as const }),
      ...(seesAll && { status: true as const }),
      ...(signedInAs !== undefined && { signedInAs }),
    };
  };
}
