import { type Connection, MatchQuery, type Table } from '@lancedb/lancedb';
import { type Audience, audienceFrom, audienceKey, audienceOf, maySee } from './audience.ts';
import { type Lexicon, unpackLexicon } from './lexicon.ts';
import type { DocumentSummary, ScoredChunk, Snapshot } from './snapshot.ts';
import { columnOf, numberAt } from './store-arrow.ts';
import { isOneOf, quoted, reading } from './store-connection.ts';
import {
  chunkColumns,
  chunksFromArrow,
  documentsFromArrow,
  summariesFromArrow,
  summaryColumns,
} from './store-schema.ts';
import { type Pointer, readLexicon } from './store-versions.ts';

/** All partitions of a vector index are searched, and at least so many of the nearest compared exactly. */
const allPartitions = 1_000;
const comparedExactly = 40;
/** Snapshots kept for one version, each for other groups. */
const mostViews = 64;

/** A version as members of these groups see it; the same snapshot for the same groups. */
export type Views = (audiences: Audience | 'all') => Snapshot;

/** Opens the tables at the versions that the pointer names. */
export async function openViews(connection: Connection, uri: string, pointer: Pointer): Promise<Views> {
  const [chunks, documents, packed] = await Promise.all([
    connection.openTable(pointer.chunks.table, undefined, { version: pointer.chunks.version }),
    connection.openTable(pointer.documents.table, undefined, { version: pointer.documents.version }),
    readLexicon(connection, pointer.version),
  ]);
  const lexicon = unpackLexicon(packed);
  let summaries: Promise<DocumentSummary[]> | undefined;
  const readSummaries = () => {
    summaries ??= reading(uri, () => summariesIn(documents));
    summaries.catch(() => {
      summaries = undefined;
    });
    return summaries;
  };
  const views = new Map<string, Snapshot>();
  return (audiences) => {
    const groups = audiences === 'all' ? audiences : audienceOf(audiences);
    const key = groups === 'all' ? 'all' : `groups ${groups.join(',')}`;
    const view =
      views.get(key) ?? makeView({ uri, pointer, chunks, documents, lexicon, readSummaries, groups });
    views.delete(key);
    views.set(key, view);
    const [oldest] = views.keys();
    if (views.size > mostViews && oldest !== undefined) views.delete(oldest);
    return view;
  };
}

function makeView({
  uri,
  pointer: { fingerprint, version, createdAt },
  chunks,
  documents,
  lexicon,
  readSummaries,
  groups,
}: {
  uri: string;
  pointer: Pointer;
  chunks: Table;
  documents: Table;
  lexicon: Lexicon;
  readSummaries: () => Promise<DocumentSummary[]>;
  groups: Audience | 'all';
}): Snapshot {
  const isVisible = (audience: Audience) => groups === 'all' || maySee(groups, audience);
  const seen = [...lexicon].filter(([key]) => isVisible(audienceFrom(key)));
  const counts = seen.map(([, own]) => own);
  // There are few audiences, so the rows that may be seen are those with one of a few texts.
  const filter =
    groups === 'all' || seen.length === lexicon.size
      ? undefined
      : isOneOf('audience', [audienceKey([]), ...seen.map(([key]) => key)]);

  return {
    version,
    fingerprint,
    createdAt,
    chunkCount: counts.reduce((sum, own) => sum + own.chunks, 0),
    chunksWith: (term) => counts.reduce((sum, { terms }) => sum + (terms.get(term) ?? 0), 0),

    searchVector: (vector, k) =>
      reading(uri, async () => {
        const query = visible(chunks.query())
          .nearestTo(vector)
          .distanceType('cosine')
          .nprobes(allPartitions)
          .refineFactor(Math.ceil(comparedExactly / Math.max(1, k)));
        const rows = await query
          .limit(k)
          .select([...chunkColumns, '_distance'])
          .toArrow();
        return scored(rows, '_distance', (distance) => 1 - distance);
      }),

    searchText: (question, k) =>
      reading(uri, async () => {
        const query = visible(chunks.query().fullTextSearch(new MatchQuery(question, 'search')));
        const rows = await query
          .limit(k)
          .select([...chunkColumns, '_score'])
          .toArrow();
        return scored(rows, '_score', (score) => score);
      }),

    chunksOf: (sections) =>
      reading(uri, async () => {
        if (sections.length === 0) return [];
        const wanted = sectionsFilter(sections);
        const rows = await chunks
          .query()
          .where(filter === undefined ? wanted : `(${wanted}) AND ${filter}`)
          .select(chunkColumns)
          .toArrow();
        const found = chunksFromArrow(rows, fingerprint.dimensions);
        return found.sort((a, b) => (a.path === b.path ? a.start - b.start : a.path < b.path ? -1 : 1));
      }),

    document: (path) =>
      reading(uri, async () => {
        const rows = await documents
          .query()
          .where(`path = ${quoted(path)}`)
          .limit(1)
          .toArrow();
        return documentsFromArrow(rows).find(({ audience }) => isVisible(audience));
      }),

    documents: async () => (await readSummaries()).filter(({ audience }) => isVisible(audience)),
  };

  /** Before the search, so that a list has its full length of what may be seen. */
  function visible<Q extends { where(predicate: string): Q }>(query: Q): Q {
    return filter === undefined ? query : query.where(filter);
  }

  function scored(
    rows: Awaited<ReturnType<ReturnType<Table['query']>['toArrow']>>,
    name: string,
    scoreOf: (value: number) => number,
  ): ScoredChunk[] {
    if (rows.numRows === 0) return [];
    const values = columnOf(rows, name);
    return chunksFromArrow(rows, fingerprint.dimensions).map((chunk, row) => ({
      chunk,
      score: scoreOf(numberAt(values, row)),
    }));
  }
}

async function summariesIn(documents: Table): Promise<DocumentSummary[]> {
  const rows = await documents.query().select(summaryColumns).toArrow();
  return summariesFromArrow(rows).sort((a, b) => (a.path < b.path ? -1 : 1));
}

function sectionsFilter(sections: readonly { readonly path: string; readonly section: number }[]): string {
  const byPath = new Map<string, Set<number>>();
  for (const { path, section } of sections) {
    const numbers = byPath.get(path) ?? new Set();
    byPath.set(path, numbers.add(Math.trunc(section)));
  }
  return [...byPath]
    .map(([path, numbers]) => `(${isOneOf('path', [path])} AND section IN (${[...numbers].join(', ')}))`)
    .join(' OR ');
}
