import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { kindOf } from '../knowledge/file-kinds.ts';
import { sha256 } from '../knowledge/sha256.ts';
import type { Snapshot } from '../knowledge/snapshot.ts';

const HIDDEN_FOLDER = /(?:^|\/)(?:\.[^/]*|node_modules)\//;

/**
 * Whether an ingest may find something to do, told within milliseconds and without one: a file has come, has
 * gone, or holds other bytes than the index knows. Only files with a change time after the making of the index
 * are read; a file that is copied or moved into the folder gets a new one, whatever its modification time.
 */
export async function docsChanged(docsDir: string, snapshot: Snapshot): Promise<boolean> {
  const madeAt = Date.parse(snapshot.createdAt);
  const known = (await snapshot.documents()).map(({ path }) => path);
  try {
    const paths = new Set([...known, ...(await filesUnder(docsDir))]);
    const times = await Promise.all(
      [...paths].map(async (path) => ({ path, time: (await stat(join(docsDir, path))).ctimeMs })),
    );
    for (const { path } of times.filter(({ time }) => time >= madeAt)) {
      const bytes = await readFile(join(docsDir, path));
      const held = await snapshot.document(path);
      if (held?.hash !== sha256(bytes)) return true;
    }
    return false;
  } catch {
    // A file that has gone, or a folder that the ingest will say more about.
    return true;
  }
}

async function filesUnder(docsDir: string): Promise<string[]> {
  const entries = await readdir(docsDir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && kindOf(entry.name) !== undefined)
    .map(({ parentPath, name }) => relative(docsDir, join(parentPath, name)).replaceAll(sep, '/'))
    .filter((path) => !HIDDEN_FOLDER.test(path));
}
