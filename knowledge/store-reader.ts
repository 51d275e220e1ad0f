import type { Connection } from '@lancedb/lancedb';
import { DocentError } from './errors.ts';
import { describeDifference } from './fingerprint.ts';
import type { Fingerprint, Snapshot, StoreReader } from './snapshot.ts';
import { connectStore, folderExists, reading, type StoreLocation } from './store-connection.ts';
import { openSnapshot } from './store-snapshot.ts';
import { hasKnownLayout, type Pointer, readPointer } from './store-versions.ts';

/**
 * Reads the index at `uri`. Looks for a newer version at most every `refreshMs` (500), and keeps the
 * version it has while the store can't be reached or is being rebuilt. An index made by another model
 * or chunker than `expected` is refused.
 */
export function openStoreReader({
  uri,
  storageOptions,
  expected,
  refreshMs = 500,
}: StoreLocation & { expected: Fingerprint; refreshMs?: number }): StoreReader {
  const location: StoreLocation = storageOptions ? { uri, storageOptions } : { uri };
  let connection: Connection | undefined;
  let snapshot: Snapshot | undefined;
  let checkedAt = Number.NEGATIVE_INFINITY;
  let refreshing: Promise<Snapshot> | undefined;

  async function refresh(): Promise<Snapshot> {
    try {
      snapshot = await readNewest();
    } catch (error) {
      // Not closed: answers in flight still read through it.
      connection = undefined;
      const passing = error instanceof DocentError && error.code !== 'store_mismatch';
      if (!snapshot || !passing) throw error;
    }
    checkedAt = performance.now();
    return snapshot;
  }

  function readNewest(): Promise<Snapshot> {
    return reading(uri, async () => {
      if (!connection && !(await folderExists(uri))) throw missing(uri);
      connection ??= await connectStore(location);
      const pointer = await readPointer(connection, uri);
      if (!pointer) throw missing(uri);
      refuseOther(pointer);
      if (snapshot?.version === pointer.version && snapshot.createdAt === pointer.createdAt) return snapshot;
      return openSnapshot(connection, uri, pointer);
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
    async current() {
      if (snapshot && performance.now() - checkedAt < refreshMs) return snapshot;
      refreshing ??= refresh().finally(() => {
        refreshing = undefined;
      });
      return refreshing;
    },
    async close() {
      await refreshing?.catch(() => undefined);
      connection?.close();
      connection = undefined;
    },
  };
}

function missing(uri: string): DocentError {
  return new DocentError('store_missing', `There is no index at ${uri}. Make it: npm run ingest`);
}
