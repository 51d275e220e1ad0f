import type { Connection } from '@lancedb/lancedb';
import { DocentError } from './errors.ts';
import { describeDifference } from './fingerprint.ts';
import type { Fingerprint, StoreReader } from './snapshot.ts';
import { connectStore, folderExists, reading, type StoreLocation } from './store-connection.ts';
import { readRun } from './store-runs.ts';
import { openViews, type Views } from './store-snapshot.ts';
import { hasKnownLayout, type Pointer, readPointer } from './store-versions.ts';

/**
 * Reads the index at `uri`. Looks for a newer version at most every `refreshMs` (500), and keeps the
 * version it has while the store can't be reached or is being rebuilt. An index made by another model
 * or chunker than `expected` is refused.
 */
export function openStoreReader({
  expected,
  refreshMs = 500,
  ...location
}: StoreLocation & { expected: Fingerprint; refreshMs?: number }): StoreReader {
  const { uri } = location;
  let connection: Connection | undefined;
  let newest: Opened | undefined;
  let checkedAt = Number.NEGATIVE_INFINITY;
  let refreshing: Promise<Opened> | undefined;

  async function refresh(): Promise<Opened> {
    try {
      newest = await readNewest();
    } catch (error) {
      // Not closed: answers in flight still read through it.
      connection = undefined;
      const passing = error instanceof DocentError && error.code !== 'store_mismatch';
      if (!newest || !passing) throw error;
    }
    checkedAt = performance.now();
    return newest;
  }

  function readNewest(): Promise<Opened> {
    return reading(uri, async () => {
      if (!connection && !(await folderExists(uri))) throw missing(uri);
      connection ??= await connectStore(location);
      const pointer = await readPointer(connection, uri);
      if (!pointer) throw missing(uri);
      refuseOther(pointer);
      const { version, createdAt } = pointer;
      if (newest?.version === version && newest.createdAt === createdAt) return newest;
      return { version, createdAt, views: await openViews(connection, uri, pointer) };
    });
  }

  function refuseOther(pointer: Pointer) {
    const difference = hasKnownLayout(pointer)
      ? describeDifference(pointer.fingerprint, expected)
      : 'tables laid out by another release';
    if (difference === undefined) return;
    throw new DocentError(
      'store_mismatch',
      `The index at ${uri} was made with other settings: ${difference}. Make it anew: npm run ingest`,
    );
  }

  return {
    async current(audiences = 'all') {
      if (newest && performance.now() - checkedAt < refreshMs) return newest.views(audiences);
      refreshing ??= refresh().finally(() => {
        refreshing = undefined;
      });
      return (await refreshing).views(audiences);
    },
    lastRun: () =>
      reading(uri, async () => {
        if (!(await folderExists(uri))) return undefined;
        connection ??= await connectStore(location);
        return readRun(connection, uri);
      }),
    async close() {
      await refreshing?.catch(() => undefined);
      connection?.close();
      connection = undefined;
    },
  };
}

type Opened = { readonly version: number; readonly createdAt: string; readonly views: Views };

function missing(uri: string): DocentError {
  return new DocentError('store_missing', `There is no index at ${uri}. Make it: npm run ingest`);
}
