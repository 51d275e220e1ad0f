import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, openPage, skipReason } from './browser.ts';
import { shippedDocuments } from './corpus.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';

describe.skipIf(skipReason)('the link past the bar', () => {
  let browser: Browser;
  let server: FakeServer;

  beforeAll(async () => {
    browser = await launch();
    server = await startFakeServer({ documents: await shippedDocuments() });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it.each([
    { path: '/', ready: '.suggestion' },
    { path: '/docs/', ready: '.docs-list' },
    { path: '/docs/rmm.md', ready: '.prose' },
    { path: '/gaps', ready: '.gaps-table' },
    { path: '/api', ready: '.operation' },
  ])(
    'takes the focus into what is shown at $path, and leaves the address as it is',
    async ({ path, ready }) => {
      const { page, faults } = await openPage(browser, server.url);
      await page.goto(path);
      await page.locator(ready).first().waitFor();
      const before = page.url();
      // The field of a new chat has the focus already, so that Tab alone doesn't come by here everywhere.
      await page.getByRole('link', { name: 'Skip to content' }).focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.closest('main')?.hidden)).toBe(false);
      expect(await page.locator('#main').count()).toBe(1);
      expect(page.url()).toBe(before);
      expect(faults).toEqual([]);
      await page.context().close();
    },
  );
});
