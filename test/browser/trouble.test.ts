import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launch, openPage, skipReason } from './browser.ts';
import { shippedDocuments } from './corpus.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';
import { rmmQuestion, writtenAnswer } from './scripts.ts';

describe.skipIf(skipReason)('trouble', () => {
  let browser: Browser;
  let server: FakeServer;
  let page: Page;

  beforeAll(async () => {
    browser = await launch();
    const documents = await shippedDocuments();
    server = await startFakeServer({ documents });
    server.answerWith(writtenAnswer(documents));
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(async () => {
    ({ page } = await openPage(browser, server.url));
  });
  afterEach(() => page.context().close());

  async function ask(): Promise<void> {
    await page.getByLabel('Your question').fill(rmmQuestion);
    await page.keyboard.press('Enter');
  }

  it('a server that is asked too often: a countdown, then another try', async () => {
    await page.clock.install();
    await page.route('**/api/chat', (route) =>
      route.fulfill({ status: 429, headers: { 'retry-after': '12' }, body: 'slow down' }),
    );
    await page.goto('/');
    await ask();
    await page.getByText('Too many questions at once').waitFor();
    const button = page.locator('.failure button');
    expect(await button.textContent()).toMatch(/^Try again in 1[012] s$/);
    expect(await button.isDisabled()).toBe(true);
    await page.clock.runFor(5_000);
    // The page's clock goes on by itself as well.
    expect(await button.textContent()).toMatch(/^Try again in [1-7] s$/);
    await page.clock.runFor(8_000);
    await page.unroute('**/api/chat');
    await button.click();
    await page.clock.runFor(1_000);
    await page.locator('.verdict').waitFor();
  });

  it('an index that is being made: the page goes on by itself when it is there', async () => {
    await page.clock.install();
    const missing = { code: 'store_missing', message: 'There is no index yet. Run: npm run ingest' };
    for (const path of ['**/api/chat', '**/api/info']) {
      await page.route(path, (route) => route.fulfill({ status: 503, json: missing }));
    }
    await page.goto('/');
    await page.getByText('The docs aren’t ready to be read').waitFor();
    await ask();
    await page.locator('.turn .failure.is-index').waitFor();
    await page.unroute('**/api/chat');
    await page.unroute('**/api/info');
    await page.clock.runFor(5_000);
    await page.locator('.turn .cite').first().waitFor();
    await page.clock.runFor(1_000);
    await page.locator('.verdict').waitFor();
  });

  it('a browser whose storage is full: said over the field, and the conversation can be saved', async () => {
    await page.addInitScript(() => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    });
    await page.goto('/');
    await ask();
    await page.getByText('This conversation isn’t kept').waitFor();
    const started = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as Markdown' }).click();
    expect((await started).suggestedFilename()).toMatch(/\.md$/);
    await page.getByRole('button', { name: 'Show conversations' }).click();
    await page.getByRole('dialog', { name: 'Conversations' }).waitFor();
  });

  it('a browser that blocks all storage: the client works, and says that conversations aren’t kept', async () => {
    await page.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException('Access is denied for this document.', 'SecurityError');
          },
        });
      }
    });
    await page.goto('/');
    await ask();
    await page.locator('.verdict').waitFor();
    await page.getByText('This browser keeps no conversations').waitFor();
    await page.getByRole('button', { name: /^Theme: automatic/ }).click();
    await page.getByRole('button', { name: /^Theme: light/ }).waitFor();
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('light');
    await page.getByRole('button', { name: 'New chat' }).click();
    await page.locator('.start').waitFor();
    await page.getByRole('button', { name: 'Conversations' }).click();
    const drawer = page.getByRole('dialog', { name: 'Conversations' });
    await drawer.getByRole('alert').waitFor();
    expect(await drawer.getByRole('alert').textContent()).toContain('keeps no conversations');
    expect(await drawer.locator('.drawer-empty').count()).toBe(0);
  });
});
