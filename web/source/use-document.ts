import { useEffect, useState } from 'preact/hooks';
import type { DocumentPage } from '../../server/events.ts';
import type { Loaded } from '../api/get-json.ts';
import { useApp } from '../app-context.ts';

/** Loads a document; undefined while it loads. The second value loads it again. */
export function useDocument(path: string): readonly [Loaded<DocumentPage> | undefined, () => void] {
  const { documents } = useApp();
  const [attempt, setAttempt] = useState(0);
  const [found, setFound] = useState<{ path: string; loaded: Loaded<DocumentPage> }>();
  useEffect(() => {
    if (path === '') return;
    let wanted = true;
    void documents.load(path).then((loaded) => wanted && setFound({ path, loaded }));
    return () => {
      wanted = false;
    };
  }, [path, attempt, documents]);
  const loaded = found?.path === path ? found.loaded : undefined;
  return [loaded, () => setAttempt((count) => count + 1)];
}
