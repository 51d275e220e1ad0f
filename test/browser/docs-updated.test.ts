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
    await page.getByRole('button', { name: 'Close' }).press('Enter');
    expect(await page.locator('#main:focus').count()).toBe(1);
    await lookAgain();
    expect([await notice.count(), faults]).toEqual([0, []]);
    await page.context().close();
  });

  it('stand under the field for the question, and not over it, on a phone too', async () => {
    const { page } = await openPage(browser, server.url, { viewport: { width: 390, height: 844 } });
    await page.goto('/');
    await page.getByLabel('Your question').fill('What is an RMM?');
    server.answerWith([{ type: 'delta', text: 'It watches.' }]);
    await page.keyboard.press('Enter');
    await page.locator('.actions').waitFor();
    info.version += 1;
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.locator('.docs-updated').waitFor();
    const field = await page.locator('.composer').boundingBox();
    const notice = await page.locator('.docs-updated').boundingBox();
    expect((field?.y ?? 0) + (field?.height ?? 0)).toBeLessThanOrEqual(notice?.y ?? 0);
    expect((notice?.y ?? 0) + (notice?.height ?? 0)).toBeLessThanOrEqual(844);
    await page.context().close();
  });
});
