import { resolve as absolute, basename } from 'node:path';
import { watch as watchFiles } from 'chokidar';
import { isDocument, isHiddenFolder } from './find-files.ts';

/** Editors write a file in several steps; a branch switch changes many. A pause this long ends a burst. */
const PAUSE_MS = 150;

/**
 * Calls `run` after each burst of changes to the docs below a folder, until `signal` aborts. Never
 * two runs at once: changes during a run bring one more after it. Also runs once when watching has begun,
 * for what changed before.
 */
export async function watchDocs(
  docsDir: string,
  run: () => Promise<void>,
  { signal, pauseMs = PAUSE_MS }: { signal: AbortSignal; pauseMs?: number },
): Promise<void> {
  const runner = makeRunner(run, pauseMs);
  const root = absolute(docsDir);
  const watcher = watchFiles(root, {
    ignoreInitial: true,
    followSymlinks: true,
    ignored: (path, stats) => path !== root && isIgnored(basename(path), stats?.isFile() === true),
  });
  // A folder that can't be watched must not end the rest: the next full run reports it.
  watcher.on('error', () => undefined);
  watcher.on('all', (event) => {
    if (event !== 'addDir') runner.changed();
  });
  watcher.on('ready', () => runner.changed());
  try {
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  } finally {
    await watcher.close();
    await runner.close();
  }
}

/** Turns bursts of `changed()` into single runs, one at a time. `close` waits for the one at work. */
export function makeRunner(run: () => Promise<void>, pauseMs: number) {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let closed = false;

  const start = () => {
    timer = undefined;
    if (running) {
      again = true;
      return;
    }
    running = run().finally(() => {
      running = undefined;
      if (again && !closed) changed();
      again = false;
    });
    running.catch(() => undefined);
  };
  const changed = () => {
    if (closed) return;
    clearTimeout(timer);
    timer = setTimeout(start, pauseMs);
  };
  return {
    changed,
    async close() {
      closed = true;
      clearTimeout(timer);
      await running?.catch(() => undefined);
    },
  };
}

/** A name alone doesn't tell a hidden file from a hidden folder, so the docs' names always pass. */
function isIgnored(name: string, isFile: boolean): boolean {
  return !isDocument(name) && (isFile || isHiddenFolder(name));
}
