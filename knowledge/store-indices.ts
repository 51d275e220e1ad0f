import { Index, type Table } from '@lancedb/lancedb';

/** Above so many chunks a vector search is worth an index; below, exact search takes a few milliseconds. */
const exactUpTo = 10_000;
/** Rows not yet indexed are searched one by one; so many of them are no burden. */
const looseRows = 500;
const looseShare = 0.05;
const rebuildShare = 0.5;
const looseFragments = 24;
const waitSeconds = 600;

/**
 * Brings the indices of the chunk table up to date: makes those that are missing, folds in new rows
 * and small files once there are many, and never removes an old version (readers may be on it).
 */
export async function keepIndices(table: Table): Promise<void> {
  const { numRows, fragmentStats } = await table.stats();
  const wanted = numRows > exactUpTo ? [textIndex, vectorIndex] : [textIndex];
  const names = (await table.listIndices()).map((index) => index.name);
  let loose = fragmentStats.numFragments > looseFragments;
  for (const { name, column, make } of wanted) {
    const unindexed = names.includes(name)
      ? ((await table.indexStats(name))?.numUnindexedRows ?? numRows)
      : -1;
    if (unindexed < 0 || (unindexed > looseRows && unindexed > numRows * rebuildShare)) {
      await table.createIndex(column, { config: make(), replace: true, name });
      await table.waitForIndex([name], waitSeconds);
    } else if (unindexed > Math.max(looseRows, numRows * looseShare)) loose = true;
  }
  if (loose) await compact(table);
}

/** Joins small files; `cleanupOlderThan` lies before every version, so none goes. */
export async function compact(table: Table): Promise<void> {
  await table.optimize({ cleanupOlderThan: new Date(0) });
}

const textIndex = {
  name: 'search_idx',
  column: 'search',
  make: () =>
    Index.fts({
      // With positions `optimize()` can crash, and no query needs phrases.
      withPosition: false,
      stem: true,
      language: 'English',
      removeStopWords: true,
      asciiFolding: true,
      lowercase: true,
      baseTokenizer: 'simple',
    }),
};

const vectorIndex = {
  name: 'vector_idx',
  column: 'vector',
  make: () => Index.hnswSq({ distanceType: 'cosine', numPartitions: 1, m: 20, efConstruction: 300 }),
};
