import type { DocumentPage } from '../../server/events.ts';
import type { Api, Loaded } from '../api/get-json.ts';

/** Loads documents, each once for as long as its last load was a success. */
export type DocumentCache = {
  load(path: string, options?: { fresh: boolean }): Promise<Loaded<DocumentPage>>;
  /** All are loaded again when next wanted. */
  forget(): void;
};

export function makeDocumentCache(deps: { api: Pick<Api, 'document'> }): DocumentCache {
  const loads = new Map<string, Promise<Loaded<DocumentPage>>>();
  return {
    forget: () => loads.clear(),
    load(path, options) {
      const known = options?.fresh ? undefined : loads.get(path);
      if (known) return known;
      const load = deps.api.document(path).then((loaded) => {
        if (!loaded.ok) loads.delete(path);
        return loaded;
      });
      loads.set(path, load);
      return load;
    },
  };
}
