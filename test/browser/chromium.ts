import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

/** A Chromium to drive, or why there is none. */
export type FoundChromium =
  | { readonly path: string; readonly reason?: undefined }
  | { readonly path?: undefined; readonly reason: string };

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Looks at CHROMIUM_PATH, then where systems and Playwright put a Chromium. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : undefined;
  return [...usual, chromium.executablePath()].find((path) => path !== '' && existsSync(path));
}

function isDebian(): boolean {
  try {
    return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

function run(command: string, args: readonly string[]): boolean {
  const { status } = spawnSync(command, args, { stdio: 'ignore', timeout: 240_000 });
  return status === 0;
}

/** A Chromium of this machine; where there is none, one is installed as the machine allows. */
export function ensureChromium(): FoundChromium {
  const found = findChromium();
  if (found) return { path: found };
  if (process.env.CHROMIUM_PATH) {
    return { reason: `CHROMIUM_PATH names ${process.env.CHROMIUM_PATH}, which isn't there.` };
  }
  if (process.getuid?.() === 0 && isDebian()) {
    const install = ['install', '-y', '--no-install-recommends', 'chromium'];
    if (!run('apt-get', install)) {
      run('apt-get', ['update']);
      run('apt-get', install);
    }
  }
  if (!findChromium()) run('npx', ['playwright-core', 'install', '--with-deps', 'chromium-headless-shell']);
  const installed = findChromium();
  if (installed) return { path: installed };
  return { reason: 'No Chromium was found or could be installed. Install one, or name it by CHROMIUM_PATH.' };
}
