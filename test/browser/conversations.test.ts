import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Document } from '../../knowledge/document.ts';
import { launch, openPage, skipReason, type WatchedPage } from './browser.ts';
import { shippedDocuments } from './corpus.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';
import { focused } from './focused.ts';
import { keptTexts } from './kept-texts.ts';
import { rmmQuestion, writtenAnswer } from './scripts.ts';

describe.skipIf(skipReason)('kept conversations', () => {
  let browser: Browser;
  let server: FakeServer;
  let documents: Document[];
  let opened: WatchedPage;

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    documents = await shippedDocuments();
    server = await startFakeServer({ documents });
    server.answerWith(writtenAnswer(documents));
    opened = await openPage(browser, server.url);
    await opened.page.goto('/');
    return async () => {
      await opened.page.context().close();
      await server.close();
      expect(opened.faults).toEqual([]);
    };
  });

  async function ask(question: string): Promise<void> {
    const { page } = opened;
    await page.getByLabel('Your question').fill(question);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: question }).waitFor();
    await page.locator('.actions').last().waitFor();
    await page.waitForURL(/\?c=/);
  }
  const list = () => opened.page.getByRole('button', { name: 'Conversations' }).click();
  const names = () => opened.page.locator('.drawer-open strong').allTextContents();

  it('are there again after the page is loaded anew, and go on', async () => {
    const { page } = opened;
    await ask(rmmQuestion);
    await page.reload();
    await page.locator('.verdict').waitFor();
    expect(await page.locator('.cite').count()).toBe(3);
    await ask('And a SOC?');
    expect(server.asked.at(-1)?.messages).toHaveLength(3);
    await list();
    await expect.poll(names).toEqual([rmmQuestion]);
  });

  it('are listed by their first question, searched, renamed and deleted', async () => {
    const { page } = opened;
    await ask(rmmQuestion);
    await page.getByRole('button', { name: 'New chat' }).click();
    await ask('Another question');
    await list();
    await expect.poll(names).toEqual(['Another question', rmmQuestion]);
    await page.getByLabel('Search conversations').fill('difference');
    await expect.poll(names).toEqual([rmmQuestion]);
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByLabel('Name of the conversation').fill('RMM and PSA');
    await page.keyboard.press('Enter');
    await expect.poll(names).toEqual(['RMM and PSA']);
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Deleted: RMM and PSA').first().waitFor();
    await page.getByLabel('Search conversations').fill('nothing like it');
    await page.getByText('No conversation found').waitFor();
    await page.getByLabel('Search conversations').fill('');
    await expect.poll(names).toEqual(['Another question']);
    await page.keyboard.press('Escape');
    await list();
    await expect.poll(names).toEqual(['Another question']);
  });

  it('come back after they were deleted, by the keyboard alone, and are shown again', async () => {
    const { page } = opened;
    await ask('Another question');
    await page.getByRole('button', { name: 'New chat' }).click();
    await ask(rmmQuestion);
    await list();
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('button', { name: 'Delete' }).first().focus();
    await page.keyboard.press('Enter');
    await page.locator('.start').waitFor();
    await expect.poll(() => focused(page)).toBe(`Undo: deleted ${rmmQuestion}`);
    expect(await drawer.getByRole('status').textContent()).toBe(`Deleted: ${rmmQuestion}`);
    expect(await names()).toEqual(['Another question']);
    await page.keyboard.press('Enter');
    await expect.poll(names).toEqual([rmmQuestion, 'Another question']);
    expect(await focused(page)).toContain(rmmQuestion);
    await page.locator('.turn .verdict').waitFor();
    await page.waitForURL(/\?c=/);
    await page.reload();
    await page.locator('.turn .verdict').waitFor();
  });

  it('give the focus back after a new name, kept or not', async () => {
    const { page } = opened;
    await ask(rmmQuestion);
    await list();
    for (const key of ['Enter', 'Escape']) {
      await page.getByRole('button', { name: 'Rename' }).click();
      await page.getByLabel('Name of the conversation').waitFor();
      await page.keyboard.press(key);
      await expect.poll(() => focused(page)).toBe('Rename');
    }
  });

  it('open again where they were', async () => {
    const { page } = opened;
    await ask(rmmQuestion);
    await page.getByRole('button', { name: 'New chat' }).click();
    await page.locator('.start').waitFor();
    await list();
    await page.locator('.drawer-open').click();
    await page.getByRole('heading', { name: rmmQuestion }).waitFor();
    await page.locator('.drawer').waitFor({ state: 'detached' });
  });

  it('hold a question whose answer was left in the middle, by a new chat or by loading the page anew', async () => {
    const { page } = opened;
    server.answerWith([
      { type: 'delta', text: 'The beginning' },
      { type: 'wait', ms: 60_000 },
    ]);
    const askAndWait = async (question: string) => {
      await page.getByLabel('Your question').fill(question);
      await page.keyboard.press('Enter');
      await page.getByText('The beginning').waitFor();
    };
    await askAndWait('First?');
    await page.getByRole('button', { name: 'New chat' }).click();
    await page.locator('.start').waitFor();
    await askAndWait('Second?');
    await page.waitForURL(/\?c=/);
    await expect.poll(() => keptTexts(page)).toEqual(['The beginning', 'The beginning']);
    await page.reload();
    await page.getByRole('heading', { name: 'Second?' }).waitFor();
    await page.getByText('Stopped').waitFor();
    expect(await page.locator('.prose').textContent()).toBe('The beginning');
    await list();
    await expect.poll(names).toEqual(['Second?', 'First?']);
  });

  it('are linked to by one of their questions, which another browser asks anew', async () => {
    const { page } = opened;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await ask(rmmQuestion);
    await ask('A second question');
    await page.getByRole('button', { name: 'Copy link' }).first().click();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const asked = server.asked.length;
    await page.goto('/docs/');
    await page.goto(link);
    const first = page.getByRole('heading', { name: rmmQuestion });
    await page.getByRole('heading', { name: 'A second question' }).waitFor();
    await expect.poll(async () => ((await first.boundingBox())?.y ?? -1) > 0).toBe(true);
    expect(server.asked).toHaveLength(asked);

    const other = await openPage(browser, server.url);
    await other.page.goto(link);
    await other.page.getByRole('heading', { name: rmmQuestion }).waitFor();
    await other.page.locator('.verdict').waitFor();
    expect(server.asked).toHaveLength(asked + 1);
    await other.page.context().close();
  });

  it('are saved as Markdown with links and as JSON', async () => {
    const { page } = opened;
    await ask(rmmQuestion);
    await list();
    const saved = async (name: string) => {
      const started = page.waitForEvent('download');
      await page.getByRole('button', { name }).click();
      const file = await started;
      return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
    };
    const markdown = await saved('Save as Markdown');
    expect(markdown.name).toBe('What-is-the-difference-between-an-RMM-and-a-PSA.md');
    expect(markdown.text).toContain(`## ${rmmQuestion}`);
    expect(markdown.text).toMatch(
      new RegExp(`\\(${server.url}/docs/rmm\\.md\\?q=\\d+-\\d+&w=[\\w-]+#what-is-an-rmm\\)`),
    );
    const json = await saved('Save as JSON');
    expect(JSON.parse(json.text)).toMatchObject({ name: rmmQuestion, turns: [{ question: rmmQuestion }] });
  });
});
