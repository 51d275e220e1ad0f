import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentOf } from '../server/fake-store.ts';
import { launch, openPage, skipReason } from './browser.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';

describe.skipIf(skipReason)('docs taken in anew while the page is open', () => {
  const info = { version: 1 };
  let browser: Browser;
  let server: FakeServer;

  beforeAll(async () => {
    browser = await launch();
    server = await startFakeServer({ documents: [documentOf('rmm.md', 'RMM', 'An RMM watches.')], info });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it('are told of once, until the reader closes it', async () => {
    const { page, faults } = await openPage(browser, server.url);
    await page.goto('/');
    await page.getByText('How do RMM agents work?').waitFor();
    const lookAgain = async () => {
      const answer = page.waitForResponse('**/api/info');
      await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
      await (await answer).finished();
    };
    await lookAgain();
    expect(await page.getByText('The docs were updated').count()).toBe(0);
    info.version = 2;
    await lookAgain();
    const notice = page.getByText('The docs were updated');
    await notice.waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await lookAgain();
    expect([await notice.count(), faults]).toEqual([0, []]);
    await page.context().close();
  });
});
