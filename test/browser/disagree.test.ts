import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { quoteDigest } from '../../server/quote-digest.ts';
import { violations } from './axe.ts';
import { launch, openPage, skipReason, type WatchedPage } from './browser.ts';
import { benefits, disagreeing, disagreeingAnswer, leave, leaveQuestion } from './disagreeing.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';
import { ask } from './state.ts';

describe.skipIf(skipReason)('docs that disagree', () => {
  let browser: Browser;
  let server: FakeServer;
  let opened: WatchedPage;

  beforeAll(async () => {
    browser = await launch();
    server = await startFakeServer({ documents: disagreeing });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(() => {
    server.answerWith(disagreeingAnswer());
    return async () => {
      await opened.page.context().close();
      expect(opened.faults).toEqual([]);
      expect(opened.strays).toEqual([]);
    };
  });

  async function answer(width: number, permissions: string[] = []): Promise<Page> {
    opened = await openPage(browser, server.url, {
      viewport: { width, height: 900 },
      permissions,
      locale: 'en-GB',
    });
    await ask(opened.page, leaveQuestion);
    return opened.page;
  }
  const sides = (page: Page) => page.locator('.disagreement .side');

  it('are shown side by side, the newest first and named so', async () => {
    const page = await answer(1440);
    const section = page.getByRole('region', { name: 'The docs disagree' });
    expect(await section.locator('.side-words').allTextContents()).toEqual([leave, benefits]);
    expect(await section.locator('.side-when').allTextContents()).toEqual([
      'NewestChanged 2 Mar 2026',
      'Changed 11 Jun 2024',
    ]);
    const [first, second] = await Promise.all([
      sides(page).nth(0).boundingBox(),
      sides(page).nth(1).boundingBox(),
    ]);
    expect(first?.y).toBe(second?.y);
    expect(first?.x).toBeLessThan(second?.x ?? 0);
    expect(await violations(page)).toEqual([]);
  });

  it('stand below each other on a phone', async () => {
    const page = await answer(390);
    const [first, second] = await Promise.all([
      sides(page).nth(0).boundingBox(),
      sides(page).nth(1).boundingBox(),
    ]);
    expect(first?.x).toBe(second?.x);
    expect((first?.y ?? 0) + (first?.height ?? 0)).toBeLessThan(second?.y ?? 0);
    expect(await violations(page)).toEqual([]);
  });

  it('open at the exact words of either side', async () => {
    const page = await answer(1440);
    for (const [index, words] of [leave, benefits].entries()) {
      await sides(page).nth(index).click();
      const current = page.locator('.pane mark.is-current');
      await expect.poll(async () => (await current.allTextContents()).join('')).toBe(words);
    }
    await page.locator('.source-link').nth(1).click();
    await expect.poll(() => page.locator('.pane mark.is-current').allTextContents()).toEqual([benefits]);
  });

  it('of one day have no newest side', async () => {
    server.answerWith(disagreeingAnswer(['2026-03-02T09:00:00.000Z', '2026-03-02T08:00:00.000Z']));
    const page = await answer(1440);
    expect(await page.locator('.side-newest').count()).toBe(0);
    expect(await page.locator('.disagreement > p').textContent()).toContain('same day');
  });

  it('are still told of when the conversation is opened again, and when the answer is copied', async () => {
    const page = await answer(1440, ['clipboard-read', 'clipboard-write']);
    await page.waitForURL(/\?c=/);
    await page.reload();
    await sides(page).nth(1).waitFor();
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const [start, end] = [disagreeing[1]?.source.indexOf(benefits) ?? 0, benefits.length];
    expect(copied).toContain(
      '**The docs disagree:**\n\n- Changed 2026-03-02: “You get 28 days of leave a year.” [',
    );
    expect(copied).toContain(
      `“${benefits}” [\\[2\\]](${server.url}/docs/benefits.md?q=${start}-${start + end}&w=${quoteDigest(benefits)}#time-off)`,
    );
    await page.getByRole('button', { name: 'Conversations' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as Markdown' }).first().click();
    expect(readFileSync(await (await download).path(), 'utf8')).toContain('**The docs disagree:**');
  });
});
