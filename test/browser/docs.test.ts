import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launch, openPage, skipReason, type WatchedPage } from './browser.ts';
import { documentFrom, shippedDocuments } from './corpus.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';
import { quotedAnswer } from './scripts.ts';

describe.skipIf(skipReason)('the docs browser', () => {
  let browser: Browser;
  let server: FakeServer;
  let opened: WatchedPage;

  beforeAll(async () => {
    browser = await launch();
    const inFolder = documentFrom(
      'guides/first-day.md',
      '# First Day\n\nSee [RMM](../rmm.md#alert-noise) and [more](gone.md).\n',
    );
    server = await startFakeServer({ documents: [...(await shippedDocuments()), inFolder] });
    server.answerWith(quotedAnswer(server.documents));
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(async () => {
    opened = await openPage(browser, server.url, { viewport: { width: 1440, height: 800 } });
    return async () => {
      await opened.page.context().close();
      expect(opened.faults).toEqual([]);
      expect(opened.strays).toEqual([]);
    };
  });

  it('lists the documents by folder, the index first', async () => {
    const { page } = opened;
    await page.goto('/docs/');
    const list = page.locator('.docs-list strong');
    await list.first().waitFor();
    expect((await list.allTextContents())[0]).toBe('Understanding the MSP World');
    expect(await list.count()).toBe(server.documents.length);
    expect(await page.locator('.docs-folder').textContent()).toBe('guides');
  });

  it('shows a page with its outline, marks the words asked for and follows links between documents', async () => {
    const { page } = opened;
    await page.goto('/docs/guides/first-day.md');
    await page.locator('.prose').getByRole('link', { name: 'RMM' }).click();
    await page.getByRole('heading', { name: 'Alert Noise' }).waitFor();
    expect(page.url()).toBe(`${server.url}/docs/rmm.md#alert-noise`);
    expect(await page.title()).toBe('Remote Monitoring and Management (RMM) · Docent');
    const heading = await page.getByRole('heading', { name: 'Alert Noise' }).boundingBox();
    expect(heading?.y).toBeLessThan(800);
    await page
      .getByRole('navigation', { name: 'On this page' })
      .getByRole('link', { name: 'What Is an RMM?' })
      .click();
    await expect.poll(() => page.url()).toBe(`${server.url}/docs/rmm.md#what-is-an-rmm`);
  });

  it('searches as one types, all by keyboard', async () => {
    const { page } = opened;
    await page.goto('/docs/');
    await page.locator('.docs-list').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('alert noise');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    const selected = page.getByRole('option', { selected: true });
    expect(await selected.count()).toBe(1);
    const heading = await selected.locator('strong').textContent();
    await page.keyboard.press('Enter');
    await page.locator('mark').first().waitFor();
    // The heading of the section that was found, and not the whole of it.
    expect(await page.locator('mark').allTextContents()).toEqual([heading]);
    expect(page.url()).toMatch(/\/docs\/[\w-]+\.md#[\w-]+$/);
  });

  it('goes to the previous and the next document', async () => {
    const { page } = opened;
    await page.goto('/docs/index.md');
    const pages = page.getByRole('navigation', { name: 'Previous and next document' });
    await pages.getByRole('link', { name: /^Next/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Automation at an MSP' }).waitFor();
    await pages.getByRole('link', { name: /^Previous/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Understanding the MSP World' }).waitFor();
  });

  it('asks about any section from beside its heading, shown when it is pointed at or tabbed to', async () => {
    const { page } = opened;
    await page.goto('/docs/rmm.md#what-is-an-rmm');
    const ask = page.getByRole('button', { name: 'Ask about “Alert Noise”' });
    await ask.waitFor();
    const opacity = () => ask.evaluate((button) => getComputedStyle(button).opacity);
    expect(await opacity()).toBe('0');
    await page.getByRole('heading', { name: 'Alert Noise' }).hover();
    await expect.poll(opacity).toBe('1');
    await page.mouse.move(0, 0);
    await expect.poll(opacity).toBe('0');
    await ask.focus();
    await expect.poll(opacity).toBe('1');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What should I know about “Alert Noise”?' }).waitFor();
    await page.locator('.verdict').waitFor();
  });

  it('has its outline folded above the page where there is no room beside it', async () => {
    const { page } = opened;
    await page.setViewportSize({ width: 900, height: 700 });
    await page.goto('/docs/rmm.md');
    const outline = page.getByRole('navigation', { name: 'On this page' });
    const fold = page.locator('.docs-contents summary');
    await fold.waitFor();
    expect(await outline.count()).toBe(0);
    await fold.focus();
    await page.keyboard.press('Enter');
    await outline.getByRole('link', { name: 'Alert Noise' }).click();
    await page.waitForURL('**/docs/rmm.md#alert-noise');
    await outline.waitFor({ state: 'detached' });
    const heading = await page.getByRole('heading', { name: 'Alert Noise' }).boundingBox();
    expect(heading?.y).toBeLessThan(700);
  });

  it('marks in the outline what was gone to, and at the end of the page its last heading', async () => {
    const { page } = opened;
    await page.goto(`/docs/rmm.md?q=1-2#what-is-an-rmm`);
    const outline = page.getByRole('navigation', { name: 'On this page' });
    const current = () => outline.locator('[aria-current]').allTextContents();
    await expect.poll(current).toEqual(['What Is an RMM?']);
    await page.locator('.docs-main').evaluate((main) => main.scrollTo({ top: main.scrollHeight }));
    await expect.poll(current).toEqual(['Alert Noise']);
    // It stands too near to the end to come to the top.
    await outline.getByRole('link', { name: 'Risks of an RMM' }).click();
    await page.waitForURL('**/docs/rmm.md#risks-of-an-rmm');
    await expect.poll(current).toEqual(['Risks of an RMM']);
  });

  it('tells a search that failed from one that found nothing', async () => {
    const { page } = opened;
    await page.goto('/docs/');
    await page.route('**/api/search*', (route) =>
      route.fulfill({ status: 503, json: { code: 'store_missing', message: 'There is no index yet.' } }),
    );
    const field = page.getByRole('combobox', { name: 'Search the docs' });
    const outcome = page.getByRole('search').getByRole('status');
    await field.fill('alert noise');
    await expect.poll(() => outcome.textContent()).toBe('The search failed. There is no index yet.');
    await page.unroute('**/api/search*');
    await field.fill('xylophone');
    await expect.poll(() => outcome.textContent()).toBe('No section found');
    expect(opened.faults.every((fault) => fault.includes('503'))).toBe(true);
    opened.faults.length = 0;
  });

  it('says so when there is no such document', async () => {
    const { page } = opened;
    await page.goto('/docs/guides/first-day.md');
    await page.locator('.prose').getByRole('link', { name: 'more' }).click();
    await page.getByRole('heading', { name: 'There is no such document' }).waitFor();
    await expect.poll(() => page.title()).toBe('There is no such document · Docent');
    expect(opened.faults.every((fault) => fault.includes('404'))).toBe(true);
    opened.faults.length = 0;
  });
});
