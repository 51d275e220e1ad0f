import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, openPage, skipReason } from './browser.ts';
import { type HostSite, startHostSite } from './host-site.ts';
import { type Docent, startDocent } from './start-docent.ts';

// With UPDATE_SCREENSHOTS this is how the README's pictures are taken.
const pictures = process.env.UPDATE_SCREENSHOTS ? 'web/screenshots' : 'test-results/screenshots';

/** The whole way of the data: docs, index, retrieval, answer, browser. No model, no key. */
describe.skipIf(skipReason)('Docent as it comes', () => {
  let browser: Browser;
  let docent: Docent;
  let host: HostSite;
  const folder = mkdtempSync(join(tmpdir(), 'docent-gaps-'));

  beforeAll(async () => {
    host = await startHostSite();
    [browser, docent] = await Promise.all([
      launch(),
      startDocent({ GAPS: 'on', GAPS_DB: join(folder, 'gaps.db'), ALLOWED_ORIGINS: host.origin }),
    ]);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await docent?.stop();
    await host?.close();
    rmSync(folder, { recursive: true, force: true });
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
    await page.screenshot({ path: `${pictures}/answer.png` });
    await page.getByRole('link', { name: 'Open page' }).click();
    await page.locator('.docs mark.is-current').first().waitFor();
    expect([faults, strays]).toEqual([[], []]);
    await page.context().close();
  });

  it('answers on a phone in the dark', async () => {
    const { page, faults } = await openPage(browser, docent.url, {
      viewport: { width: 390, height: 844 },
      deviceScaleFactor: 2,
      colorScheme: 'dark',
    });
    await page.goto('/');
    await page.getByLabel('Your question').fill('How do RMM agents work?');
    await page.keyboard.press('Enter');
    await page.getByText('Quoted from the docs, word for word').waitFor();
    await page.screenshot({ path: `${pictures}/phone.png` });
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('answers in a page of another site, and shows the cited words in a page of its own', async () => {
    const { page, faults } = await openPage(browser, host.origin, { viewport: { width: 1000, height: 760 } });
    await page.goto(`/handbook?docent=${docent.url}`);
    await page.getByRole('button', { name: 'Ask the docs' }).click();
    await page.getByLabel('Your question').fill('How do RMM agents work?');
    await page.keyboard.press('Enter');
    await page.getByText('Quoted from the docs, word for word').waitFor();
    await page.screenshot({ path: `${pictures}/widget.png` });
    const opened = page.context().waitForEvent('page');
    await page.locator('docent-widget .cite').first().click();
    const source = await opened;
    await source.locator('.docs mark.is-current').first().waitFor();
    expect(source.url()).toMatch(new RegExp(`^${docent.url}/docs/`));
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('says so when the docs don’t answer, and keeps the question for who writes them', async () => {
    const { page } = await openPage(browser, docent.url);
    await page.goto('/');
    await page.getByLabel('Your question').fill('How do I bake sourdough bread at home?');
    await page.keyboard.press('Enter');
    await page.getByText('Not in the docs', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Not helpful' }).click();
    await page.getByLabel('What was wrong with it?').fill('I am hungry.');
    await page.keyboard.press('Enter');
    await page.getByText('Thank you.').waitFor();
    await page.goto('/docs/');
    await page.getByRole('link', { name: 'Open questions' }).click();
    const row = page.locator('.gaps-table tbody tr');
    await row.waitFor();
    const words = (await row.textContent()) ?? '';
    for (const part of ['sourdough', '1 × unanswered', '1 × rated badly', 'I am hungry.', 'Open']) {
      expect(words).toContain(part);
    }
    await page.context().close();
  });
});
