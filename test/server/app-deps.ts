import type { AppDeps } from '../../server/app.ts';
import { makeLog } from '../../server/log.ts';
import { documentOf, fakeStore } from './fake-store.ts';

export const silentLog = makeLog(
  () => {},
  () => {},
);

/** What an app needs, answering each question with nothing at all; a test gives what it is about. */
export function appDeps(given: Partial<AppDeps> = {}): AppDeps {
  return {
    answer: async function* () {
      yield { type: 'done', mode: 'abstained', score: 0, version: 1, timings: {} };
    },
    search: () => Promise.resolve({ hits: [], version: 1 }),
    info: () =>
      Promise.resolve({
        name: 'Docent',
        mode: 'quoted',
        suggestions: [],
        documents: 1,
        version: 1,
        ingestedAt: '2025-01-02T03:04:05.000Z',
      }),
    store: fakeStore([documentOf('psa.md', 'PSA', 'A PSA bills time.')]),
    embedder: {
      id: 'fake',
      dimensions: 1,
      embedPassages: () => Promise.reject(new Error('nothing is embedded here')),
      embedQuery: () => Promise.reject(new Error('nothing is embedded here')),
      close: () => Promise.resolve(),
    },
    webDir: '/nowhere',
    log: silentLog,
    ...given,
  };
}
