import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, openPage, skipReason } from './browser.ts';
import { shippedDocuments } from './corpus.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';
import { focused } from './focused.ts';
import { rmmQuestion, writtenAnswer } from './scripts.ts';

const field = 'Your question';

describe.skipIf(skipReason)('the focus in the chat', () => {
  let browser: Browser;
  let server: FakeServer;

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

  async function start(options: BrowserContextOptions = {}): Promise<Page> {
    const { page } = await openPage(browser, server.url, options);
    await page.goto('/');
    await page.getByRole('button', { name: rmmQuestion }).waitFor();
    return page;
  }
  const press = async (page: Page, name: string) => {
    await page.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
  };
  const answered = (page: Page, count: number) =>
    page
      .locator('.turn')
      .nth(count - 1)
      .locator('.actions')
      .waitFor();

  it('is in the field from the start, and comes back to it after whatever asks', async () => {
    const page = await start();
    await expect.poll(() => focused(page)).toBe(field);
    await press(page, rmmQuestion);
    await answered(page, 1);
    expect(await focused(page)).toBe(field);
    await page.locator('.is-following .suggestion').first().focus();
    await page.keyboard.press('Enter');
    await answered(page, 2);
    expect(await focused(page)).toBe(field);
    await press(page, 'Ask again');
    await answered(page, 2);
    await expect.poll(() => focused(page)).toBe(field);
    await press(page, 'New chat');
    await page.locator('.start').waitFor();
    await expect.poll(() => focused(page)).toBe(field);
    await page.context().close();
  });

  it('goes from the question’s editor back to its button, or to the field when it was asked', async () => {
    const page = await start();
    await press(page, rmmQuestion);
    await answered(page, 1);
    await press(page, 'Edit question');
    await page.getByRole('textbox', { name: 'Edit question' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('Edit question');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Edit question' }).fill('What is a PSA?');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What is a PSA?' }).waitFor();
    await expect.poll(() => focused(page)).toBe(field);
    await page.context().close();
  });

  it('is left where the reader put it', async () => {
    const page = await start();
    await page.getByRole('button', { name: 'Conversations' }).focus();
    await page.getByRole('button', { name: rmmQuestion }).evaluate((button: HTMLElement) => button.click());
    await answered(page, 1);
    expect(await focused(page)).toBe('Conversations');
    await page.context().close();
  });

  it('brings up no keyboard on a touch screen', async () => {
    const page = await start({ isMobile: true, hasTouch: true, viewport: { width: 390, height: 844 } });
    expect(await focused(page)).toBe('');
    await page.getByRole('button', { name: rmmQuestion }).tap();
    await answered(page, 1);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.context().close();
  });
});
