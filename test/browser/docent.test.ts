import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, openPage, skipReason } from './browser.ts';
import { type Docent, startDocent } from './start-docent.ts';

/** The whole way of the data: docs, index, retrieval, answer, browser. No model, no key. */
describe.skipIf(skipReason)('Docent as it comes', () => {
  let browser: Browser;
  let docent: Docent;

  beforeAll(async () => {
    [browser, docent] = await Promise.all([launch(), startDocent()]);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await docent?.stop();
  });

  it('answers with quotes from both sections, and a click lands on the highlighted words', async () => {
    const { page, faults, strays } = await openPage(browser, docent.url, {
      viewport: { width: 1440, height: 900 },
    });
    await page.goto('/');
    await page.getByLabel('Your question').fill('What is the difference between an RMM and a PSA?');
    await page.keyboard.press('Enter');
    await page.getByText('Quoted from the docs, word for word').waitFor();
    const prose = (await page.locator('.answer .prose').textContent()) ?? '';
    expect(prose).toMatch(/RMM/);
    expect(prose).toMatch(/PSA/);
    expect(await page.locator('.cite').count()).toBeGreaterThan(1);
    await page.locator('.cite').first().click();
    const mark = page.locator('.pane mark.is-current').first();
    await mark.waitFor();
    const box = await mark.boundingBox();
    expect(box && box.y > 0 && box.y < 900).toBe(true);
    // With UPDATE_SCREENSHOTS this is how the README's picture is taken.
    const folder = process.env.UPDATE_SCREENSHOTS ? 'web/screenshots' : 'test-results/screenshots';
    await page.screenshot({ path: `${folder}/answer.png` });
    await page.getByRole('link', { name: 'Open page' }).click();
    await page.locator('.docs mark.is-current').first().waitFor();
    expect([faults, strays]).toEqual([[], []]);
    await page.context().close();
  });

  it('says so when the docs don’t answer', async () => {
    const { page } = await openPage(browser, docent.url);
    await page.goto('/');
    await page.getByLabel('Your question').fill('How do I bake sourdough bread at home?');
    await page.keyboard.press('Enter');
    await page.getByText('Not in the docs', { exact: true }).waitFor();
    await page.context().close();
  });
});
