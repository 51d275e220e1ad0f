import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DocentError } from '../knowledge/errors.ts';
import { lockStore, type StoreLock } from '../knowledge/store-lock.ts';

/** How often a checkout that another ingest uses is tried for, in milliseconds. */
const WAIT_MS = 250;

/**
 * Makes the caller the only user of a folder with a checkout, of which each file may be changed by another fetch.
 * Waits for one that uses it; `tell` is given that, once. `name` is shown, `signal` ends the waiting.
 */
export async function lockCheckout(
  folder: string,
  { name, tell, signal }: { name: string; tell: (line: string) => void; signal?: AbortSignal | undefined },
): Promise<StoreLock> {
  const use = `is reading what was fetched from ${name}. This one goes on when that has ended.`;
  for (let told = false; ; told = true) {
    try {
      return await lockStore(folder, { use });
    } catch (error) {
      if (!(error instanceof DocentError) || error.code !== 'store_locked') throw error;
      if (!told) tell(error.message);
    }
    await delay(WAIT_MS, undefined, { signal });
  }
}

/** Removes the locks that a killed git has left in a repository. Only for who holds the checkout. */
export async function removeStaleLocks(gitDir: string): Promise<void> {
  const top = await readdir(gitDir);
  const refs = await readdir(join(gitDir, 'refs'), { recursive: true });
  const paths = [...top, ...refs.map((path) => join('refs', path))];
  for (const path of paths) if (path.endsWith('.lock')) await rm(join(gitDir, path), { force: true });
}
