import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { ensureChromium, type FoundChromium } from './chromium.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    chromium: FoundChromium;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));

function newest(folder: string): number {
  return Math.max(
    0,
    ...readdirSync(folder, { recursive: true }).map(
      (name) => statSync(join(folder, name.toString())).mtimeMs,
    ),
  );
}

function isStale(): boolean {
  const built = join(root, 'dist/web/index.html');
  return !existsSync(built) || newest(join(root, 'web')) > statSync(built).mtimeMs;
}

/** Runs of other rooms' tests alone need no client and no browser. */
function wantsBrowser(): boolean {
  const named = process.argv.filter((word) => word.includes('test/'));
  return named.length === 0 || named.some((word) => /test\/(browser|web)/.test(word));
}

/** Once for a run: builds the client when its sources are newer, and finds a browser. */
export default async function prepare(project: TestProject): Promise<void> {
  if (!wantsBrowser()) {
    project.provide('chromium', { reason: 'Only tests without a browser were asked for.' });
    return;
  }
  if (isStale()) {
    const { build } = await import('vite');
    await build({ configFile: join(root, 'web/vite.config.ts'), logLevel: 'warn' });
  }
  project.provide('chromium', ensureChromium());
}
