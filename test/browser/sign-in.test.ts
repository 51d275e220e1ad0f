import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../knowledge/sha256.ts';
import { openTokenFile } from '../../server/access/token-file.ts';
import { makeApp } from '../../server/app.ts';
import { makeInfo } from '../../server/info.ts';
import { type Listener, listen } from '../../server/listen.ts';
import { quoteDigest } from '../../server/quote-digest.ts';
import { appDeps, silentLog } from '../server/app-deps.ts';
import { documentOf, fakeStore } from '../server/fake-store.ts';
import { violations } from './axe.ts';
import { launch, openPage, skipReason } from './browser.ts';

const webDir = fileURLToPath(new URL('../../dist/web', import.meta.url));
const shots = fileURLToPath(new URL('../../test-results/screenshots', import.meta.url));
const TOKEN = 'docent_ann';
const QUOTE = 'A PSA bills time.';
const psa = documentOf('psa.md', 'PSA', QUOTE);
const start = psa.source.indexOf(QUOTE);
const cited = `/docs/psa.md?q=${start}-${start + QUOTE.length}&w=${quoteDigest(QUOTE)}#psa`;

describe.skipIf(skipReason)('signing in', () => {
  let browser: Browser;
  let folder: string;
  let file: string;
  let listener: Listener;
  beforeAll(async () => {
    mkdirSync(shots, { recursive: true });
    folder = mkdtempSync(join(tmpdir(), 'docent-sign-in-'));
    file = join(folder, 'tokens');
    writeFileSync(file, '');
    const store = fakeStore([psa]);
    const tokens = await openTokenFile(file, silentLog);
    const app = makeApp(appDeps({ webDir, store, info: makeInfo({ store }), access: { tokens } }));
    listener = await listen(app, { port: 0, host: '127.0.0.1' });
    browser = await launch();
  });
  beforeEach(() => writeFileSync(file, `ann:${sha256(TOKEN)}:hr\n`));
  afterAll(async () => {
    await browser?.close();
    await listener?.close(0);
    rmSync(folder, { recursive: true, force: true });
  });

  async function signIn(page: Page, token = TOKEN): Promise<void> {
    await page.getByLabel('Access token').fill(token);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  it('a cited place leads to the form, past a wrong token, and back to the very words', async () => {
    const { page } = await openPage(browser, listener.url);
    await page.goto(cited);
    await signIn(page, 'docent_wrong');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).not.toBe('');
    expect(await page.getByLabel('Access token').getAttribute('aria-invalid')).toBe('true');
    await signIn(page);
    const marked = page.locator('mark.is-current');
    await marked.first().waitFor();
    expect((await marked.allTextContents()).join('')).toBe(QUOTE);
    const { pathname, search, hash } = new URL(page.url());
    expect(pathname + search + hash).toBe(cited);
    expect(await page.evaluate(() => document.cookie)).toBe('');
    await page.context().close();
  });

  it('whoever signs out is asked again', async () => {
    const { page } = await openPage(browser, listener.url);
    await page.goto('/');
    await signIn(page);
    await page.getByRole('button', { name: 'Sign out (ann)' }).click();
    await page.waitForURL('**/sign-in');
    await page.goto('/docs/');
    await page.waitForURL('**/sign-in?to=*');
    await page.context().close();
  });

  it('a token that is revoked while the page is open leads to the form at the next request, and back', async () => {
    const { page } = await openPage(browser, listener.url);
    await page.goto('/');
    await signIn(page);
    await page.getByRole('button', { name: 'Sign out (ann)' }).waitFor();
    writeFileSync(file, '');
    await page.getByRole('navigation').getByRole('link', { name: 'Docs' }).click();
    await page.waitForURL('**/sign-in?to=*');
    writeFileSync(file, `ann:${sha256(TOKEN)}:hr\n`);
    await signIn(page);
    await page.waitForURL('**/docs/');
    await page.context().close();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [390, 820, 1440]) {
      it(`the form has nothing for axe to find, nothing remote and no sideways scrolling: ${width} px, ${colorScheme}`, async () => {
        const view = { viewport: { width, height: 844 }, colorScheme };
        const { page, faults, strays } = await openPage(browser, listener.url, view);
        await page.goto('/sign-in?failed=1&to=/');
        await page.getByRole('alert').waitFor();
        await page.screenshot({ path: `${shots}/sign-in-${width}-${colorScheme}.png` });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect([await violations(page), wide > 0, faults, strays]).toEqual([[], false, [], []]);
        await page.context().close();
      });
    }
  }
});
