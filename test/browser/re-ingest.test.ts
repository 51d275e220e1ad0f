import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, openPage, skipReason } from './browser.ts';
import { keptSections } from './kept-sections.ts';
import { type Docent, startDocent } from './start-docent.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = {
  'backups.md':
    '# Backups\n\n## How often backups run\n\nBackups run every night at two. They are kept for 30 days on the server in Oslo.\n',
  'laptops.md':
    '# Laptops\n\n## Who hands out laptops\n\nThe desk on the second floor hands out laptops. Bring your badge and a signed form.\n',
  'travel.md':
    '# Travel\n\n## How to book a train\n\nTrain journeys are booked in the travel portal. Second class is paid for, first class is not.\n',
};

/** The whole way: docs, index, answer, browser, then other docs and a new ingest beside the running server. */
describe.skipIf(skipReason)('an answer kept while the docs go on', () => {
  const folder = mkdtempSync(join(tmpdir(), 'docent-changed-'));
  const store = mkdtempSync(join(tmpdir(), 'docent-changed-store-'));
  const file = (name: string) => join(folder, name);
  let browser: Browser;
  let docent: Docent;

  beforeAll(async () => {
    for (const [name, text] of Object.entries(pages)) writeFileSync(file(name), text);
    [browser, docent] = await Promise.all([launch(), startDocent({ DOCS_DIR: folder, STORE_URI: store })]);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await docent?.stop();
    for (const made of [folder, store]) rmSync(made, { recursive: true, force: true });
  });

  function ingest(): void {
    const { PATH = '', HOME = '' } = process.env;
    execFileSync(process.execPath, ['--import', 'tsx', 'ingest/main.ts', folder, '--store', store], {
      cwd: root,
      env: { PATH, HOME },
      stdio: 'pipe',
    });
  }

  it('shows what was changed, what has moved and what is gone', async () => {
    const { page, faults } = await openPage(browser, docent.url);
    await page.goto('/');
    const questions = ['How often do backups run?', 'Who hands out laptops?', 'How do I book a train?'];
    for (const [index, question] of questions.entries()) {
      await page.getByLabel('Your question').fill(question);
      await page.keyboard.press('Enter');
      await page.locator('.verdict').nth(index).waitFor();
    }
    await page.waitForURL(/\?c=/);
    await expect.poll(() => keptSections(page)).toBe(3);

    writeFileSync(file('backups.md'), readFileSync(file('backups.md'), 'utf8').replace('30 days', '14 days'));
    renameSync(file('laptops.md'), file('devices.md'));
    rmSync(file('travel.md'));
    ingest();

    await expect
      .poll(async () => {
        await page.reload();
        await page.locator('.verdict').last().waitFor();
        await page.waitForLoadState('networkidle');
        return page.locator('.changes-bar p').allTextContents();
      })
      .toEqual(['1 of 3 cited sections has changed since, 1 has moved, 1 is no longer in the docs']);
    const [changed, moved, gone] = await page.locator('.change').all();
    await changed?.locator('summary').click();
    expect(await changed?.locator('del').textContent()).toContain('30');
    expect(await changed?.locator('ins').textContent()).toContain('14');
    await gone?.locator('summary').click();
    expect(await gone?.locator('.change-text').textContent()).toContain('booked in the travel portal');
    await moved?.locator('summary').click();
    await moved?.getByRole('link', { name: 'Read it where it is now' }).click();
    await page.waitForURL(/\/docs\/devices\.md\?q=\d+-\d+&w=[\w-]+#who-hands-out-laptops$/);
    await page.locator('.docs mark').first().waitFor();
    expect(faults.filter((fault) => !fault.includes('404'))).toEqual([]);
    await page.context().close();
  }, 180_000);
});
