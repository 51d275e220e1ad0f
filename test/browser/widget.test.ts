import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { violations } from './axe.ts';
import { openPage, skipReason } from './browser.ts';
import { benefits, disagreeing, disagreeingAnswer, leave, leaveQuestion } from './disagreeing.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';
import type { HostSite } from './host-site.ts';
import { abstainedAnswer, writtenAnswer } from './scripts.ts';
import {
  askWidget,
  desktop,
  phone,
  type Setup,
  styleOf,
  visitWidget,
  withWidgetSite,
} from './widget-page.ts';

const shots = 'test-results/screenshots';

/** The widget in a page of another origin, in a browser. */
describe.skipIf(skipReason)('the widget', () => {
  let browser: Browser;
  let host: HostSite;
  let server: FakeServer;

  withWidgetSite((site) => {
    ({ browser, host, server } = site);
  });

  const visit = (setup: Partial<Setup> = {}) => visitWidget({ browser, host, docent: server.url, ...setup });

  it('is a button until it is opened, and asks Docent for nothing else', async () => {
    const { page, launcher, dialog, faults, strays } = await visit();
    expect(await page.getByRole('button', { name: 'Ask the docs' }).count()).toBe(1);
    expect(await launcher.getAttribute('aria-expanded')).toBe('false');
    expect(await dialog.isVisible()).toBe(false);
    expect(strays.map((url) => new URL(url).pathname)).toEqual(['/widget.js']);
    expect(await violations(page)).toEqual([]);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('answers with proven statements, follows up, and opens a citation at its words in a new tab', async () => {
    const { page, launcher, dialog, faults } = await visit();
    await launcher.click();
    await dialog.getByText('Questions the docs answer').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `${shots}/widget-open-1440-light.png` });
    await askWidget(dialog);
    await dialog.locator('.verdict').waitFor();
    expect(await dialog.locator('.verdict').textContent()).toBe(
      '3 of 4 statements are supported by the docs',
    );
    expect(await dialog.locator('.note-mark').count()).toBe(1);
    await dialog.locator('.cite').nth(1).hover();
    const card = page.locator('docent-widget .card');
    await card.waitFor();
    expect(await card.locator('mark').textContent()).toContain('PSA');
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `${shots}/widget-answer-1440-light.png` });
    const opened = page.context().waitForEvent('page');
    await card.getByRole('button', { name: 'Open source' }).click();
    const source = await opened;
    await source.locator('mark.is-current').first().waitFor();
    expect(new URL(source.url()).origin).toBe(server.url);
    expect(await source.locator('mark.is-current').first().textContent()).toContain('PSA');
    await source.close();
    await askWidget(dialog, 'And what do they cost?');
    await expect.poll(() => server.asked.at(-1)?.messages.length).toBe(3);
    await dialog.locator('.verdict').nth(1).waitFor();
    await dialog.getByRole('button', { name: 'New chat' }).click();
    await dialog.getByText('Questions the docs answer').waitFor();
    expect(await page.evaluate(() => location.pathname)).toBe('/handbook');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('works by keyboard alone, and gives the focus back', async () => {
    const { page, launcher, dialog } = await visit();
    await page.evaluate(() => {
      Object.assign(window, { shortcuts: [] });
      document.addEventListener('keydown', (event) => {
        const { shortcuts } = window as unknown as { shortcuts: string[] };
        shortcuts.push(event.key);
      });
    });
    await launcher.focus();
    await page.keyboard.press('Enter');
    const field = dialog.getByLabel('Your question');
    await expect.poll(() => field.evaluate((element) => element.matches(':focus'))).toBe(true);
    expect(await launcher.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.type('x marks the spot');
    await page.keyboard.press('Enter');
    await dialog.locator('.verdict').waitFor();
    await dialog.locator('.cite').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('docent-widget .card').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('docent-widget .card').waitFor({ state: 'detached' });
    expect(await dialog.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await launcher.evaluate((element) => element.matches(':focus'))).toBe(true);
    expect(await launcher.getAttribute('aria-expanded')).toBe('false');
    expect(await page.evaluate('window.shortcuts')).toEqual([]);
    // What was said is still there.
    await page.keyboard.press('Enter');
    expect(await dialog.locator('.question').textContent()).toBe('x marks the spot');
    await page.context().close();
  });

  it('keeps the focus inside when a suggestion is chosen, and tells the finished answer once', async () => {
    const { page, launcher, dialog } = await visit();
    await launcher.click();
    await dialog.locator('.suggestion').first().click();
    const said = dialog.locator('[role=status].visually-hidden');
    await dialog.locator('.verdict').waitFor();
    await expect.poll(() => said.textContent()).toMatch(/^Answer: An RMM is the software/);
    expect(await dialog.evaluate((element) => element.matches(':focus-within'))).toBe(true);
    await page.context().close();
  });

  it('stops, and says so when the docs don’t answer, with the nearest sections', async () => {
    const { page, launcher, dialog } = await visit();
    server.answerWith(writtenAnswer(server.documents, 2_000));
    const before = server.abandoned();
    await launcher.click();
    await askWidget(dialog);
    await dialog.getByRole('button', { name: 'Stop' }).click();
    await dialog.getByText('Stopped').waitFor();
    await expect.poll(() => server.abandoned()).toBe(before + 1);
    server.answerWith(abstainedAnswer(server.documents));
    await askWidget(dialog, 'Will it rain?');
    await dialog.getByText('Not in the docs', { exact: true }).waitFor();
    expect(await dialog.getByRole('region', { name: 'Nearest sections' }).getByRole('listitem').count()).toBe(
      2,
    );
    await page.screenshot({ path: `${shots}/widget-abstained.png` });
    server.answerWith(writtenAnswer(server.documents));
    await page.context().close();
  });

  it('says so when the docs disagree, and opens either side', async () => {
    const torn = await startFakeServer({ documents: disagreeing, allowedOrigins: [host.origin] });
    torn.answerWith(disagreeingAnswer());
    const { page, launcher, dialog } = await visit({ docent: torn.url });
    await launcher.click();
    await askWidget(dialog, leaveQuestion);
    const sides = dialog.getByRole('region', { name: 'The docs disagree' }).locator('.side');
    await sides.first().waitFor();
    expect(await sides.locator('.side-words').allTextContents()).toEqual([leave, benefits]);
    await sides.first().scrollIntoViewIfNeeded();
    await page.screenshot({ path: `${shots}/widget-disagreement.png` });
    expect(await violations(page)).toEqual([]);
    const opened = page.context().waitForEvent('page');
    await sides.nth(1).click();
    expect(await (await opened).locator('mark.is-current').first().textContent()).toBe(benefits);
    await torn.close();
    await page.context().close();
  });

  it.each([
    ['light', 'desktop', desktop],
    ['dark', 'desktop', desktop],
    ['light', 'phone', phone],
    ['dark', 'phone', phone],
  ] as const)('looks right: %s, %s', async (colorScheme, size, context) => {
    const { page, launcher, dialog, faults } = await visit({ context: { ...context, colorScheme } });
    await page.screenshot({ path: `${shots}/widget-closed-${size}-${colorScheme}.png` });
    await launcher.click();
    await dialog.getByText('Questions the docs answer').waitFor();
    await page.screenshot({ path: `${shots}/widget-start-${size}-${colorScheme}.png` });
    await askWidget(dialog);
    await dialog.locator('.verdict').waitFor();
    await page.screenshot({ path: `${shots}/widget-${size}-${colorScheme}.png` });
    expect(await violations(page)).toEqual([]);
    const box = await dialog.boundingBox();
    if (size === 'phone') expect([box?.x, box?.width]).toEqual([0, 390]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('at 200% all of it can be reached, and closed', async () => {
    const context = { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 };
    const { page, launcher, dialog } = await visit({ context });
    await launcher.click();
    await askWidget(dialog);
    await dialog.locator('.verdict').waitFor();
    await page.screenshot({ path: `${shots}/widget-200-percent.png` });
    for (const part of [dialog.getByLabel('Your question'), dialog.getByRole('button', { name: 'Close' })]) {
      const box = await part.boundingBox();
      expect(box && box.y >= 0 && box.y + box.height <= 450 && box.x >= 0 && box.x + box.width <= 720).toBe(
        true,
      );
    }
    await dialog.getByRole('button', { name: 'Close' }).click();
    await launcher.waitFor();
    await page.context().close();
  });

  it('does as its attributes say, and no more than they may', async () => {
    const { page, launcher, dialog } = await visit({
      data: {
        title: 'Ask <b>IT</b>',
        greeting: 'How can we help?',
        position: 'left',
        theme: 'dark',
        accent: '#ffcc00',
        open: '',
      },
    });
    await dialog.getByText('How can we help?').waitFor();
    expect(await launcher.textContent()).toBe('Ask <b>IT</b>');
    // Nobody asked for it, so it doesn't take the focus.
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
    expect(await styleOf(launcher, 'background-color', 'color')).toEqual([
      'rgb(255, 204, 0)',
      'rgb(0, 0, 0)',
    ]);
    expect((await launcher.boundingBox())?.x).toBe(20);
    expect(await styleOf(dialog, 'background-color')).toEqual(['rgb(22, 23, 21)']);
    await page.screenshot({ path: `${shots}/widget-attributes.png` });
    expect(await violations(page)).toEqual([]);
    await page.context().close();
    const small = await visit({ data: { open: '' }, context: phone });
    expect(await small.dialog.isVisible()).toBe(false);
    await small.page.context().close();
    const odd = await visit({
      data: { accent: 'red; } body { display: none', theme: 'url(x)', position: '50%' },
    });
    expect(await styleOf(odd.launcher, 'background-color')).toEqual(['rgb(20, 89, 79)']);
    await odd.page.context().close();
  });

  it('is opened and closed by the page’s own scripts, and adds one name to it', async () => {
    const { page, dialog } = await visit();
    const names = () => page.evaluate(() => Object.getOwnPropertyNames(window));
    await page.evaluate('Docent.open()');
    await dialog.getByLabel('Your question').waitFor();
    await askWidget(dialog);
    await dialog.locator('.verdict').waitFor();
    const now = await names();
    const bare = await openPage(browser, host.origin);
    await bare.page.goto(`/handbook?docent=${encodeURIComponent('about:blank#')}`);
    const without = await bare.page.evaluate(() => Object.getOwnPropertyNames(window));
    expect(now.filter((name) => !without.includes(name))).toEqual(['Docent']);
    await page.evaluate('Docent.close()');
    await dialog.waitFor({ state: 'hidden' });
    await bare.page.context().close();
    await page.context().close();
  });
});
