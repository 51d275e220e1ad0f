import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DocentError } from '../knowledge/errors.ts';

export type BuildWebOptions = {
  /** Folder of the client's sources; need not exist where the client comes built. */
  readonly sourceDir: string;
  /** Folder that gets `index.html`, `widget.js` and `assets/`. */
  readonly webDir: string;
  /** Called before a build, which takes a second or two. */
  readonly onBuild?: () => void;
};

/**
 * Builds the web client when it is missing or older than its sources. Throws `DocentError` `bad_config`
 * when it is missing and can't be built.
 */
export async function buildWebIfStale({ sourceDir, webDir, onBuild }: BuildWebOptions): Promise<void> {
  const pages = ['index.html', 'widget.js'].map((name) => changedAt(join(webDir, name)));
  const built = Math.min(...(await Promise.all(pages)));
  const sources = await newestIn(sourceDir);
  if (built >= sources && built > 0) return;
  const vite = await import('vite').catch(() => undefined);
  if (!vite || sources === 0) {
    if (built > 0) return;
    throw new DocentError(
      'bad_config',
      'The web client is not built. Run: npm ci --include=dev && npm run build',
    );
  }
  onBuild?.();
  await vite.build({ root: sourceDir, configFile: join(sourceDir, 'vite.config.ts'), logLevel: 'error' });
}

async function newestIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const times = entries
    .filter((entry) => entry.isFile())
    .map((entry) => changedAt(join(entry.parentPath, entry.name)));
  return Math.max(0, ...(await Promise.all(times)));
}

/** Time of the last change in milliseconds, 0 for what isn't there. */
async function changedAt(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
