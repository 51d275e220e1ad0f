import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launch, openPage, skipReason, type WatchedPage } from './browser.ts';
import { shippedDocuments } from './corpus.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';
import { quotedAnswer, rmm, rmmQuestion, writtenAnswer } from './scripts.ts';

const firstQuote = rmm.excerpt.slice(0, rmm.excerpt.indexOf('. ') + 1);

describe.skipIf(skipReason)('the source pane', () => {
  let browser: Browser;
  let server: FakeServer;
  let opened: WatchedPage;

  beforeAll(async () => {
    browser = await launch();
    server = await startFakeServer({ documents: await shippedDocuments() });
    server.answerWith(writtenAnswer(server.documents));
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(() => async () => {
    await opened.page.context().close();
    expect(opened.faults).toEqual([]);
    expect(opened.strays).toEqual([]);
  });

  async function answer(width: number, options: BrowserContextOptions = {}): Promise<WatchedPage['page']> {
    opened = await openPage(browser, server.url, { viewport: { width, height: 800 }, ...options });
    const { page } = opened;
    await page.goto('/');
    await page.getByRole('button', { name: rmmQuestion }).click();
    await page.locator('.verdict').waitFor();
    return page;
  }

  it('opens at the exact words, with the answer’s other quotes marked more quietly', async () => {
    const page = await answer(1440);
    await page.locator('.cite').first().click();
    const current = page.locator('.pane mark.is-current');
    await current.first().waitFor();
    expect((await current.allTextContents()).join('')).toBe(firstQuote);
    expect(await page.locator('.pane mark:not(.is-current)').textContent()).toContain('no open inbound port');
    expect(await current.first().isVisible()).toBe(true);
    expect(
      await page.getByRole('complementary', { name: 'Source' }).getByRole('heading').first().textContent(),
    ).toBe('Remote Monitoring and Management (RMM)');
  });

  it('steps through the quotes of the document and scrolls to each', async () => {
    const page = await answer(1440);
    await page.locator('.cite').first().click();
    await page.getByText('Quote 1 of 2').waitFor();
    await page.getByRole('button', { name: 'Next quote' }).click();
    await page.getByText('Quote 2 of 2').waitFor();
    const box = await page.locator('.pane mark.is-current').first().boundingBox();
    expect(box?.y).toBeGreaterThan(0);
    expect(box?.y).toBeLessThan(800);
  });

  it('leads to a page of its own that others can open at the same words', async () => {
    const page = await answer(1440);
    await page.locator('.cite').first().click();
    await page.getByRole('link', { name: 'Open page' }).click();
    await page.locator('.docs mark').first().waitFor();
    expect(page.url()).toMatch(/\/docs\/rmm\.md\?q=\d+-\d+&w=[\w-]+#what-is-an-rmm$/);
    await page.reload();
    expect((await page.locator('.docs mark').allTextContents()).join('')).toBe(firstQuote);
  });

  it('comes back from the page to the place in the chat', async () => {
    const page = await answer(1440);
    await page.locator('.cite').first().click();
    await page.getByRole('link', { name: 'Open page' }).click();
    await page.locator('.docs mark').first().waitFor();
    await page.goBack();
    await page.locator('.pane mark.is-current').waitFor();
    await page.goBack();
    await page.locator('.pane').waitFor({ state: 'detached' });
    expect(await page.locator('.question').textContent()).toBe(rmmQuestion);
  });

  it('tells its marks apart in the colours of the system, too, as the answer tells its key sentence', async () => {
    server.answerWith(
      quotedAnswer(server.documents).map((step) => (step.type === 'claim' ? { ...step, key: true } : step)),
    );
    const forced = { forcedColors: 'active' } as const;
    const looksOf = (selector: string) =>
      opened.page
        .locator(selector)
        .first()
        .evaluate((mark) => {
          const { backgroundColor, textDecorationLine, textDecorationStyle } = getComputedStyle(mark);
          return { backgroundColor, textDecorationLine, textDecorationStyle };
        });
    await answer(1440, forced);
    expect(await looksOf('.claim-quoted.is-key')).toMatchObject({ textDecorationLine: 'underline' });
    await opened.page.context().close();
    server.answerWith(writtenAnswer(server.documents));
    const page = await answer(1440, forced);
    await page.locator('.cite').first().click();
    await page.locator('.pane mark.is-current').first().waitFor();
    const current = await looksOf('.pane mark.is-current');
    const other = await looksOf('.pane mark:not(.is-current)');
    expect(current.backgroundColor).not.toBe(other.backgroundColor);
    expect([current.textDecorationStyle, other.textDecorationStyle]).toEqual(['solid', 'dotted']);
  });

  it('closes by Escape and gives the focus back to the citation', async () => {
    const page = await answer(1440);
    await page.locator('.cite').nth(1).focus();
    await page.keyboard.press('Enter');
    await page.locator('.pane h2:focus').first().waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.pane').waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('2');
  });

  it('covers the chat on a phone: a tap shows the card, its button opens the source', async () => {
    const page = await answer(390, { hasTouch: true });
    await page.locator('.cite').first().tap();
    await page.getByRole('button', { name: 'Open source' }).tap();
    await page.locator('.pane mark.is-current').waitFor();
    expect((await page.locator('.pane').boundingBox())?.width).toBe(390);
    await page.getByRole('button', { name: 'Back' }).tap();
    await page.locator('.pane').waitFor({ state: 'detached' });
  });
});
