import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Document } from '../../knowledge/document.ts';
import { launch, openPage, skipReason, type WatchedPage } from './browser.ts';
import { changeDocument, moveDocument, shippedDocuments } from './corpus.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';
import { keptSections } from './kept-sections.ts';
import { rmmQuestion, writtenAnswer } from './scripts.ts';

describe.skipIf(skipReason)('a conversation opened after its sections have changed', () => {
  let browser: Browser;
  let server: FakeServer;
  let documents: Document[];
  let opened: WatchedPage;
  let info: { version: number };

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    documents = await shippedDocuments();
    info = { version: 1 };
    server = await startFakeServer({ documents, info });
    server.answerWith(writtenAnswer(documents));
    opened = await openPage(browser, server.url);
    return async () => {
      await opened.page.context().close();
      await server.close();
      expect(opened.faults).toEqual([]);
    };
  });

  /** Asks, and waits until what the sections say is kept. */
  async function askAndKeep(): Promise<void> {
    const { page } = opened;
    await page.goto('/');
    await page.getByLabel('Your question').fill(rmmQuestion);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\?c=/);
    await expect.poll(() => keptSections(page)).toBe(3);
  }
  const bar = () => opened.page.locator('.changes-bar p');
  const details = (name: string) => opened.page.locator('.turn .change', { hasText: name });

  it('says how many, marks the citation, and shows the difference word by word', async () => {
    const { page } = opened;
    await askAndKeep();
    changeDocument(documents, 'psa.md', 'A PSA (', 'Today, a PSA (');
    await page.reload();
    await bar().waitFor();
    expect(await bar().textContent()).toBe('1 of 3 cited sections has changed since');
    expect(await page.locator('.cite').nth(1).getAttribute('aria-label')).toMatch(/, changed since$/);
    expect(await page.locator('.cite.is-changed').allTextContents()).toEqual(['2']);
    expect(await page.locator('.source-link em').allTextContents()).toEqual(['Changed since']);
    await page.getByRole('button', { name: 'Show what changed' }).click();
    const change = details('What Is a PSA?');
    await change.locator('ins').waitFor();
    expect(await change.locator('summary').evaluate((summary) => document.activeElement === summary)).toBe(
      true,
    );
    expect(await change.locator('del').textContent()).toBe(' removed: A end of change ');
    expect(await change.locator('ins').textContent()).toBe(' added: Today, a end of change ');
    expect(await change.locator('.change-stand').textContent()).toBe(
      'The quoted words no longer stand in it:',
    );
    expect(await change.locator('blockquote').textContent()).toMatch(/^A PSA \(/);
  });

  it('says when the very words still stand', async () => {
    const { page } = opened;
    await askAndKeep();
    changeDocument(documents, 'psa.md', '## What Is a PSA?\n\n', '## What Is a PSA?\n\nA new beginning.\n\n');
    await page.reload();
    const change = details('What Is a PSA?');
    await change.locator('summary').click();
    await change.locator('ins').waitFor();
    expect(await change.locator('ins').textContent()).toContain('A new beginning.');
    expect(await change.locator('.change-stand').textContent()).toBe('The quoted words still stand in it.');
    // The source opens at the words, although they stand further down now.
    await page.locator('.cite').nth(1).click();
    await page.locator('.pane mark.is-current').first().waitFor();
    expect((await page.locator('.pane mark.is-current').allTextContents()).join('')).toMatch(/^A PSA \(/);
    expect(await page.locator('.pane .change summary').textContent()).toContain('changed since');
  });

  it('tells it in the card too', async () => {
    const { page } = opened;
    await askAndKeep();
    changeDocument(documents, 'psa.md', 'A PSA (', 'Today, a PSA (');
    await page.reload();
    await bar().waitFor();
    await page.locator('.cite').nth(1).hover();
    await page.locator('.card-change').waitFor();
    expect(await page.locator('.card-change').textContent()).toBe(
      'This section has changed sinceWhat changed',
    );
    await page.locator('.card-change button').click();
    await details('What Is a PSA?').locator('ins').waitFor();
  });

  it('leads to where a section has moved', async () => {
    const { page } = opened;
    await askAndKeep();
    moveDocument(documents, 'psa.md', 'guides/business tools.md');
    await page.reload();
    await bar().waitFor();
    expect(await bar().textContent()).toBe('1 of 3 cited sections has moved');
    const change = details('What Is a PSA?');
    expect(await change.locator('.change-line').textContent()).toBe(
      'Moved to Professional Services Automation (PSA) › What Is a PSA?',
    );
    await change.locator('summary').click();
    expect(await change.locator('.change-note').textContent()).toBe('It reads as it did.');
    await change.getByRole('link').click();
    await page.waitForURL(/\/docs\/guides\/business%20tools\.md\?q=\d+-\d+&w=[\w-]+#what-is-a-psa$/);
    expect((await page.locator('.docs mark').allTextContents()).join('')).toMatch(/^A PSA \(/);
    await page.goBack();
    await page.locator('.cite').nth(1).click();
    await page.locator('.pane mark.is-current').first().waitFor();
  });

  it('finds a section again whose heading was changed', async () => {
    const { page } = opened;
    await askAndKeep();
    changeDocument(documents, 'psa.md', '## What Is a PSA?', '## The PSA in short');
    await page.reload();
    await bar().waitFor();
    const change = details('What Is a PSA?');
    expect(await change.locator('.change-line').textContent()).toContain('› The PSA in short');
    await change.locator('summary').click();
    await change.locator('ins').waitFor();
    expect(await change.locator('.change-stand').textContent()).toBe('The quoted words still stand in it.');
  });

  it('keeps what a section said that is no longer in the docs', async () => {
    const { page } = opened;
    await askAndKeep();
    documents.splice(
      documents.findIndex(({ path }) => path === 'psa.md'),
      1,
    );
    await page.reload();
    await bar().waitFor();
    expect(await bar().textContent()).toBe('1 of 3 cited sections is no longer in the docs');
    const change = details('What Is a PSA?');
    await change.locator('summary').click();
    expect(await change.locator('.change-text').textContent()).toMatch(/^## What Is a PSA\?\n/);
    expect(await page.locator('.cite.is-gone').count()).toBe(1);
    await page.locator('.cite').nth(1).click();
    await page.locator('.pane .change-line', { hasText: 'No longer in the docs' }).waitFor();
    expect(await page.locator('.pane .failure').count()).toBe(0);
    // The browser itself reports that the document isn't there.
    expect(opened.faults.splice(0).every((fault) => fault.includes('404'))).toBe(true);
  });

  it('of whose sections nothing was kept shows the quote beside the present text', async () => {
    const { page } = opened;
    await page.route('**/api/sections*', (route) => route.fulfill({ status: 500, body: '' }));
    await page.goto('/');
    await page.getByLabel('Your question').fill(rmmQuestion);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\?c=/);
    await page.locator('.verdict').waitFor();
    await page.waitForLoadState('networkidle');
    expect(await keptSections(page)).toBe(0);
    await page.unroute('**/api/sections*');
    changeDocument(documents, 'psa.md', 'A PSA (', 'Today, a PSA (');
    await page.reload();
    await bar().waitFor();
    const change = details('What Is a PSA?');
    await change.locator('summary').click();
    expect(await change.locator('blockquote').textContent()).toMatch(/^A PSA \(/);
    expect(await change.locator('.change-text').textContent()).toContain('Today, a PSA (');
    expect(await change.locator('ins, del').count()).toBe(0);
    opened.faults.length = 0;
  });

  it('is marked as well while it is open, when the docs are updated', async () => {
    const { page } = opened;
    await askAndKeep();
    changeDocument(documents, 'psa.md', 'A PSA (', 'Today, a PSA (');
    info.version = 2;
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await bar().waitFor();
    expect(await page.locator('.cite.is-changed').allTextContents()).toEqual(['2']);
    await page.locator('.changes-bar').getByRole('button', { name: 'Close' }).click();
    expect(await page.locator('#main:focus').count()).toBe(1);
    expect(await bar().count()).toBe(0);
  });

  it('is read by keyboard alone', async () => {
    const { page } = opened;
    await askAndKeep();
    changeDocument(documents, 'psa.md', 'A PSA (', 'Today, a PSA (');
    await page.reload();
    await page.getByRole('button', { name: 'Show what changed' }).focus();
    await page.keyboard.press('Enter');
    const change = details('What Is a PSA?');
    await change.locator('ins').waitFor();
    await page.keyboard.press('Tab');
    const focused = page.getByRole('group', { name: 'Then and now, word by word' });
    expect(await focused.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    expect(await change.evaluate((element) => element.hasAttribute('open'))).toBe(false);
  });

  it('is as quiet as ever when nothing has changed, whatever was written above in its documents', async () => {
    const { page } = opened;
    await askAndKeep();
    changeDocument(
      documents,
      'psa.md',
      '## What Is a PSA?',
      '## Before It\n\nNew words.\n\n## What Is a PSA?',
    );
    await page.reload();
    await page.locator('.verdict').waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.locator('.changes-bar, .change, .source-link em, .cite.is-changed').count()).toBe(0);
    await page.locator('.cite').nth(1).click();
    await page.locator('.pane mark.is-current').first().waitFor();
    expect((await page.locator('.pane mark.is-current').allTextContents()).join('')).toMatch(/^A PSA \(/);
  });
});
