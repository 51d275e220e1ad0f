import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launch, openPage, skipReason, type WatchedPage } from './browser.ts';
import { shippedDocuments } from './corpus.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';
import { rmmQuestion, writtenAnswer } from './scripts.ts';

describe.skipIf(skipReason)('feedback', () => {
  let browser: Browser;
  let server: FakeServer;
  let opened: WatchedPage;

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    const documents = await shippedDocuments();
    server = await startFakeServer({ documents });
    server.answerWith(writtenAnswer(documents));
    opened = await openPage(browser, server.url);
    return async () => {
      await opened.page.context().close();
      await server.close();
      expect(opened.faults).toEqual([]);
    };
  });

  const button = (name: string) => opened.page.getByRole('button', { name, exact: true });
  async function ask(): Promise<void> {
    await opened.page.goto('/');
    await opened.page.getByLabel('Your question').fill(rmmQuestion);
    await opened.page.keyboard.press('Enter');
    await button('Helpful').waitFor();
  }

  it('is given by keyboard alone, with a word of why, and remembered', async () => {
    const { page } = opened;
    await ask();
    await button('Not helpful').focus();
    await page.keyboard.press('Enter');
    await page.locator('.feedback-why input:focus').waitFor();
    await page.keyboard.type('Which firms?');
    await page.keyboard.press('Enter');
    await page.getByText('Thank you.').waitFor();
    expect(server.rated).toEqual([
      {
        question: rmmQuestion,
        rating: 'down',
        why: 'Which firms?',
        sources: expect.arrayContaining([{ path: 'psa.md', anchor: 'what-is-a-psa' }]),
      },
    ]);
    expect(await button('Not helpful').evaluate((element) => element === document.activeElement)).toBe(true);
    await page.waitForURL(/\?c=/);
    await page.reload();
    await button('Not helpful').waitFor();
    expect(await button('Not helpful').getAttribute('aria-pressed')).toBe('true');
    await button('Helpful').click({ force: true });
    expect(server.rated).toHaveLength(1);
  });

  it('is not given when the reader thinks better of it', async () => {
    const { page } = opened;
    await ask();
    await button('Not helpful').click();
    await page.keyboard.press('Escape');
    await page.locator('.feedback-why').waitFor({ state: 'detached' });
    await button('Helpful').click();
    await page.getByText('Thank you.').waitFor();
    expect(server.rated.map(({ rating }) => rating)).toEqual(['up']);
  });

  it('is shown on a phone with all that belongs to a question in sight', async () => {
    const { page } = opened;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/gaps');
    const first = page.locator('.gaps-table tbody tr').first();
    await first.waitFor();
    for (const part of [
      first.getByRole('link', { name: 'How RMM Agents Work' }),
      first.locator('.gaps-state'),
    ]) {
      const box = await part.boundingBox();
      expect((box?.x ?? 390) + (box?.width ?? 0)).toBeLessThan(390);
    }
    const label = await first
      .locator('td')
      .last()
      .evaluate((cell) => getComputedStyle(cell, '::before').content);
    expect(label).toBe('"State"');
  });

  it('is shown to who writes the docs, with links to mend by and a CSV', async () => {
    const { page } = opened;
    await page.goto('/docs/');
    await page.getByRole('link', { name: 'Open questions' }).click();
    await page.waitForURL('**/gaps');
    const rows = page.locator('.gaps-table tbody tr');
    await rows.first().waitFor();
    expect(await rows.locator('.gaps-state').allTextContents()).toEqual([
      'Open',
      'Not checked yet',
      'Answered now',
    ]);
    const started = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Save as CSV' }).click();
    const csv = readFileSync(await (await started).path(), 'utf8');
    expect(csv).toContain('\r\nHow do I request parental leave?,');
    await page.getByRole('link', { name: 'How RMM Agents Work' }).click();
    await page.waitForURL('**/docs/rmm.md#how-rmm-agents-work');
  });
});
