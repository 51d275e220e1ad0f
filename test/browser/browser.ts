import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';

const found = inject('chromium');

/** Why browser tests can't run here; undefined when they can. */
export const skipReason = found.reason;

/** Starts the Chromium that the run has found. */
export function launch(): Promise<Browser> {
  if (found.path === undefined) throw new Error(found.reason);
  return chromium.launch({
    executablePath: found.path,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--force-color-profile=srgb'],
  });
}

/** A page, and what went wrong in it. */
export type WatchedPage = {
  readonly page: Page;
  /** Errors of scripts, of the console and of the content security policy. */
  readonly faults: string[];
  /** Requests to other hosts than the server's. */
  readonly strays: string[];
};

/** Opens a page of its own profile; `url` is the server's origin. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ baseURL: url, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  const strays: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('blob:')) strays.push(request.url());
  });
  return { page, faults, strays };
}
