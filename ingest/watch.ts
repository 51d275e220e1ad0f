import { realpath, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { watch as watchFiles } from 'chokidar';
import { makeRunner } from './run-again.ts';
import { makeUnwatched } from './watched-paths.ts';

/** Editors write a file in several steps; a branch switch changes many. A pause this long ends a burst. */
const PAUSE_MS = 150;
/** How often the folder itself is looked for: a watcher is deaf once its folder has gone. */
const LOOK_MS = 500;

/**
 * Calls `run` after each burst of changes to the docs below a folder, until `signal` aborts. Never
 * two runs at once: changes during a run bring one more after it, and one that fails is tried again. Also runs once
 * when watching has begun, for what changed before. A folder that goes is waited for. `tell` is given what whoever
 * watches has to know, a line each.
 */
export async function watchDocs(
  docsDir: string,
  run: () => Promise<void>,
  {
    signal,
    pauseMs = PAUSE_MS,
    tell,
  }: { signal: AbortSignal; pauseMs?: number; tell: (line: string) => void },
): Promise<void> {
  // A folder that has just gone is no fault of a run: it is told of below.
  const runner = makeRunner(async () => ((await folderAt(docsDir)) ? run() : undefined), { pauseMs });
  let watched: (Folder & { close(): Promise<void> }) | undefined;
  let isGone = false;
  try {
    while (!signal.aborted) {
      const folder = await folderAt(docsDir);
      if (folder?.identity !== watched?.identity) {
        await watched?.close();
        watched = folder && { ...folder, close: watchFolder(folder.root, runner.changed, tell) };
      }
      if (isGone !== (folder === undefined)) {
        isGone = !isGone;
        tell(
          isGone
            ? `The docs folder ${docsDir} is gone. The index stays as it is until the folder is back.`
            : `The docs folder ${docsDir} is back.`,
        );
      }
      await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    await watched?.close();
    await runner.close();
  }
}

/** Calls `changed` for each change below a folder, and once it is watched. Gives what ends that. */
function watchFolder(root: string, changed: () => void, tell: (line: string) => void): () => Promise<void> {
  const isUnwatched = makeUnwatched(root);
  const watcher = watchFiles(root, {
    ignoreInitial: true,
    followSymlinks: true,
    ignored: (path, stats) => isUnwatched(path, stats?.isFile() === true),
  });
  const told = new Set<string>();
  watcher.on('error', (error) => {
    const fault = watchFault(error);
    if (fault === undefined || told.has(fault)) return;
    told.add(fault);
    tell(fault);
  });
  watcher.on('all', (event) => {
    if (event !== 'addDir') changed();
  });
  watcher.on('ready', changed);
  return () => watcher.close();
}

/** Why some changes will go unnoticed, and what to do; nothing for what each run tells of by itself. */
export function watchFault(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES' || code === 'EPERM' || code === 'ENOENT') return undefined;
  const raise = (setting: string, value: number) =>
    `Raise the limit, sudo sysctl ${setting}=${value}, and start again; or run the ingest after changes.`;
  const unnoticed = 'so some changes will not be noticed';
  if (code === 'ENOSPC')
    return `The system allows no more watched files, ${unnoticed}. ${raise('fs.inotify.max_user_watches', 524_288)}`;
  if (code === 'EMFILE')
    return `The system allows no more watchers, ${unnoticed}. ${raise('fs.inotify.max_user_instances', 1_024)}`;
  return `Something can't be watched, ${unnoticed}: ${error instanceof Error ? error.message : String(error)}`;
}

type Folder = { readonly root: string; readonly identity: string };

/** The folder behind a path, told apart from another that took its place; `undefined` when there is none. */
async function folderAt(path: string): Promise<Folder | undefined> {
  try {
    const root = await realpath(path);
    const found = await stat(root);
    if (!found.isDirectory()) return undefined;
    return { root, identity: [root, found.dev, found.ino, found.birthtimeMs].join(' ') };
  } catch {
    return undefined;
  }
}
