import type { Document } from '../../knowledge/document.ts';
import type { DocentError } from '../../knowledge/errors.ts';
import type { Snapshot, StoreReader } from '../../knowledge/snapshot.ts';

const CHANGED_AT = '2025-01-02T03:04:05.000Z';

/** A document of one section under its own heading. */
export function documentOf(path: string, title: string, body: string): Document {
  const source = `# ${title}\n\n${body}\n`;
  const anchor = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const section = { index: 0, anchor, headings: [title], level: 1, start: 0, end: source.length };
  const hash = `hash of ${path}`;
  return {
    path,
    title,
    source,
    hash,
    changedAt: CHANGED_AT,
    audience: [],
    sections: [{ ...section, hash, changedAt: CHANGED_AT }],
  };
}

/** A store that holds these documents and finds no chunk; with `fault`, one that can't be read. */
export function fakeStore(documents: readonly Document[], fault?: DocentError): StoreReader {
  const snapshot: Snapshot = {
    version: 7,
    fingerprint: { embedder: 'fake', dimensions: 2, chunker: 'fake' },
    createdAt: CHANGED_AT,
    chunkCount: 0,
    chunksWith: () => 0,
    searchVector: () => Promise.resolve([]),
    searchText: () => Promise.resolve([]),
    chunksOf: () => Promise.resolve([]),
    document: (path) => Promise.resolve(documents.find((document) => document.path === path)),
    documents: () =>
      Promise.resolve(documents.map(({ source: _source, hash: _hash, ...summary }) => summary)),
  };
  return {
    current: () => (fault ? Promise.reject(fault) : Promise.resolve(snapshot)),
    lastRun: () => Promise.resolve(undefined),
    close: () => Promise.resolve(),
  };
}
