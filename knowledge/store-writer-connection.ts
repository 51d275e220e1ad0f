import { mkdir } from 'node:fs/promises';
import type { Connection } from '@lancedb/lancedb';
import { connectStore, localFolder, type StoreLocation } from './store-connection.ts';
import { leaseStore } from './store-lease.ts';
import { lockStore, type StoreLock } from './store-lock.ts';

/**
 * Connects to a store as its only writer: on this machine's disk by a lock, which comes first since it makes the
 * folder, elsewhere by a lease. Throws `DocentError` `store_locked`.
 */
export async function connectAsWriter(
  location: StoreLocation,
): Promise<{ connection: Connection; lock: StoreLock }> {
  const { uri } = location;
  const folder = localFolder(uri);
  if (folder === undefined) {
    const connection = await connectStore(location);
    return { connection, lock: await leaseStore(connection, uri) };
  }
  await mkdir(folder, { recursive: true });
  const lock = await lockStore(folder);
  try {
    return { connection: await connectStore(location), lock };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
