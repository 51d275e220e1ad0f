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
      '# First Day\n\nSee [RMM](../rmm.md#alert-noise).\n',
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

  it('asks about the section that is open', async () => {
    const { page } = opened;
    await page.goto('/docs/rmm.md#alert-noise');
    await page.getByRole('button', { name: 'Ask about “Alert Noise”' }).click();
    await page.getByRole('heading', { name: 'What should I know about “Alert Noise”?' }).waitFor();
    await page.locator('.verdict').waitFor();
  });

  it('says so when there is no such document', async () => {
    const { page } = opened;
    await page.goto('/docs/gone.md');
    await page.getByRole('heading', { name: 'There is no such document' }).waitFor();
    expect(opened.faults.every((fault) => fault.includes('404'))).toBe(true);
    opened.faults.length = 0;
  });
});
