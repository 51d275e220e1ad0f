import { type Connection, MatchQuery, type Table } from '@lancedb/lancedb';
import { unpackLexicon } from './lexicon.ts';
import type { DocumentSummary, ScoredChunk, Snapshot } from './snapshot.ts';
import { columnOf, numberAt } from './store-arrow.ts';
import { isOneOf, quoted, reading } from './store-connection.ts';
import { chunksFromArrow, documentsFromArrow, summariesFromArrow, summaryColumns } from './store-schema.ts';
import { type Pointer, readLexicon } from './store-versions.ts';

/** All partitions of a vector index are searched, and `refine` times `k` chunks compared exactly. */
const allPartitions = 1_000;
const refine = 4;

/** Opens the tables at the versions that the pointer names. */
export async function openSnapshot(connection: Connection, uri: string, pointer: Pointer): Promise<Snapshot> {
  const { fingerprint, counts, version, createdAt } = pointer;
  const [chunks, documents, packed] = await Promise.all([
    connection.openTable(pointer.chunks.table, undefined, { version: pointer.chunks.version }),
    connection.openTable(pointer.documents.table, undefined, { version: pointer.documents.version }),
    readLexicon(connection, version),
  ]);
  const lexicon = unpackLexicon(packed);
  let summaries: Promise<DocumentSummary[]> | undefined;

  return {
    version,
    fingerprint,
    createdAt,
    chunkCount: counts.chunks,
    chunksWith: (term) => lexicon.get(term) ?? 0,

    searchVector: (vector, k) =>
      reading(uri, async () => {
        const query = chunks
          .query()
          .nearestTo(vector)
          .distanceType('cosine')
          .nprobes(allPartitions)
          .refineFactor(refine);
        return scored(await query.limit(k).toArrow(), '_distance', (distance) => 1 - distance);
      }),

    searchText: (question, k) =>
      reading(uri, async () => {
        const query = chunks.query().fullTextSearch(new MatchQuery(question, 'search'));
        return scored(await query.limit(k).toArrow(), '_score', (score) => score);
      }),

    chunksOf: (sections) =>
      reading(uri, async () => {
        if (sections.length === 0) return [];
        const rows = await chunks.query().where(sectionsFilter(sections)).toArrow();
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
        return documentsFromArrow(rows)[0];
      }),

    documents() {
      summaries ??= reading(uri, () => readSummaries(documents));
      summaries.catch(() => {
        summaries = undefined;
      });
      return summaries;
    },
  };

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

async function readSummaries(documents: Table): Promise<DocumentSummary[]> {
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
