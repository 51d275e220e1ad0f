import type { Browser, BrowserContextOptions, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe.ts';
import { launch, openPage, skipReason } from './browser.ts';
import { shippedDocuments } from './corpus.ts';
import { benefits, disagreeing, disagreeingAnswer, leave, leaveQuestion } from './disagreeing.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';
import { type HostSite, startHostSite } from './host-site.ts';
import { abstainedAnswer, rmmQuestion, writtenAnswer } from './scripts.ts';

const shots = 'test-results/screenshots';
const desktop = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** The widget in a page of another origin, in a browser. */
describe.skipIf(skipReason)('the widget', () => {
  let browser: Browser;
  let host: HostSite;
  let server: FakeServer;

  beforeAll(async () => {
    [browser, host] = await Promise.all([launch(), startHostSite()]);
    const documents = await shippedDocuments();
    server = await startFakeServer({ documents, allowedOrigins: [host.origin] });
    server.answerWith(writtenAnswer(documents));
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await host?.close();
  });

  type Setup = {
    readonly name?: string;
    readonly docent?: string;
    readonly csp?: string;
    readonly data?: Readonly<Record<string, string>>;
    readonly context?: BrowserContextOptions;
  };

  /** A page of the host with the widget in it, as far as the button. */
  async function visit(setup: Setup = {}) {
    const { docent = server.url, csp, data = {}, name = 'handbook' } = setup;
    const watched = await openPage(browser, host.origin, { ...desktop, ...setup.context });
    const query = new URLSearchParams({ docent, ...(csp && { csp }) });
    for (const [key, value] of Object.entries(data)) query.set(`data-${key}`, value);
    await watched.page.goto(`/${name}?${query}`);
    const launcher = watched.page.locator('docent-widget .launcher');
    await launcher.waitFor();
    return { ...watched, launcher, dialog: watched.page.locator('docent-widget [role=dialog]') };
  }

  async function ask(dialog: Locator, question = rmmQuestion): Promise<void> {
    await dialog.getByLabel('Your question').fill(question);
    await dialog.getByLabel('Your question').press('Enter');
  }

  function styleOf(locator: Locator, ...names: readonly string[]): Promise<string[]> {
    return locator.first().evaluate((element, wanted) => {
      const style = getComputedStyle(element);
      return wanted.map((name) => style.getPropertyValue(name));
    }, names);
  }

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
    await ask(dialog);
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
    await ask(dialog, 'And what do they cost?');
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
    await ask(dialog);
    await dialog.getByRole('button', { name: 'Stop' }).click();
    await dialog.getByText('Stopped').waitFor();
    await expect.poll(() => server.abandoned()).toBe(before + 1);
    server.answerWith(abstainedAnswer(server.documents));
    await ask(dialog, 'Will it rain?');
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
    await ask(dialog, leaveQuestion);
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
    await ask(dialog);
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
    await ask(dialog);
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
    await ask(dialog);
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

  it('a page with styles and scripts for everything changes nothing of it, nor it of the page', async () => {
    server.answerWith(writtenAnswer(server.documents));
    const calm = await visit();
    const hostile = await visit({ name: 'hostile' });
    const look: Record<string, string[][]> = {};
    for (const [name, { page, launcher, dialog }] of Object.entries({ calm, hostile })) {
      const own = () =>
        page.evaluate(() =>
          [...document.body.querySelectorAll('*')].map((element) => {
            const { color, fontSize, display, fontFamily, letterSpacing } = getComputedStyle(element);
            return [element.tagName, color, fontSize, display, fontFamily, letterSpacing].join(' ');
          }),
        );
      const before = await own();
      // Not by the mouse alone: an element of the page could lie over it.
      await launcher.click();
      await ask(dialog);
      await dialog.locator('.verdict').waitFor();
      await page.screenshot({ path: `${shots}/widget-in-${name}.png` });
      expect(await own()).toEqual(before);
      const part = (selector: string) => page.locator(`docent-widget ${selector}`);
      const wanted = [
        'font-size',
        'font-family',
        'line-height',
        'letter-spacing',
        'color',
        'display',
        'text-transform',
        'width',
        'height',
        'background-color',
        'opacity',
        'visibility',
        'z-index',
      ];
      look[name] = [];
      for (const selector of [
        '.launcher',
        '.launcher span',
        '.dialog',
        '#title',
        '.question',
        '.prose p',
        '.cite',
        '.composer textarea',
        '.verdict',
        '.source-link',
      ]) {
        look[name].push([selector, ...(await styleOf(part(selector), ...wanted))]);
      }
      expect((await styleOf(page.locator('docent-widget'), 'z-index', 'position', 'display')).join(' ')).toBe(
        '2147483647 fixed block',
      );
    }
    expect(look.hostile).toEqual(look.calm);
    expect(hostile.faults).toEqual([]);
    await calm.page.context().close();
    await hostile.page.context().close();
  });

  it('works under a strict policy of the page that lets Docent’s origin in, and no style of its own', async () => {
    const policy = `default-src 'none'; script-src ${server.url}; connect-src ${server.url}; require-trusted-types-for 'script'; trusted-types 'none'`;
    const { page, launcher, dialog, faults } = await visit({ csp: policy });
    await launcher.click();
    await ask(dialog);
    await dialog.locator('.verdict').waitFor();
    expect(await styleOf(dialog, 'border-radius')).toEqual(['16px']);
    // The page's own inline style is what its policy forbids.
    expect(faults.filter((fault) => !/inline style/.test(fault))).toEqual([]);
    await page.context().close();
  });

  it('a page of an origin that isn’t listed is told why, and what its operator can do', async () => {
    const strict = await startFakeServer({ documents: server.documents });
    for (const data of [{}, { token: 'docent_secret' }]) {
      const { page, launcher, dialog } = await visit({ docent: strict.url, data });
      await launcher.click();
      await dialog.getByText('This page may not ask here').waitFor();
      expect(await dialog.textContent()).toContain(`Pages of ${host.origin} may not ask`);
      expect(await dialog.textContent()).toContain('ALLOWED_ORIGINS');
      expect(await dialog.getByLabel('Your question').count()).toBe(0);
      await page.screenshot({ path: `${shots}/widget-foreign.png` });
      expect(await violations(page)).toEqual([]);
      await page.context().close();
    }
    expect(strict.asked).toEqual([]);
    await strict.close();
  });

  it('a Docent that is away: said before and after the panel has come, and tried again', async () => {
    const { page, launcher, dialog } = await visit();
    await page.route('**/assets/**', (route) => route.abort());
    await launcher.click();
    await dialog.getByText('The docs can’t be reached').waitFor();
    await page.screenshot({ path: `${shots}/widget-away.png` });
    expect(await violations(page)).toEqual([]);
    await page.unroute('**/assets/**');
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await dialog.getByText('Questions the docs answer').waitFor();
    await page.route('**/api/chat', (route) => route.abort());
    await ask(dialog);
    await dialog.getByText('Docent can’t be reached').waitFor();
    await page.unroute('**/api/chat');
    await dialog.getByRole('button', { name: 'Ask again' }).click();
    await dialog.locator('.verdict').waitFor();
    await page.context().close();
  });

  it('a Docent that is asked too often: a countdown', async () => {
    const { page, launcher, dialog } = await visit();
    await page.route('**/api/chat', (route) =>
      route.fulfill({
        status: 429,
        headers: {
          'retry-after': '30',
          'access-control-allow-origin': host.origin,
          'access-control-expose-headers': 'retry-after',
          'access-control-allow-headers': 'content-type',
        },
        body: '{}',
      }),
    );
    await launcher.click();
    await ask(dialog);
    await dialog.getByText('Too many questions at once').waitFor();
    expect(await dialog.locator('.failure button').textContent()).toMatch(/^Try again in \d\d s$/);
    await page.context().close();
  });

  it('nothing runs or is fetched from an answer in the page, and its links lead to Docent in new tabs', async () => {
    server.answerWith([
      {
        type: 'delta',
        text: '<img src=x onerror="window.hacked=1"> <script>window.hacked=1</script> [a](javascript:window.hacked=1) ![p](https://evil.example/p.png) [page](/docs/rmm.md#alerts) [out](https://evil.example)',
      },
      { type: 'done', mode: 'written', score: 1, version: 1, timings: {} },
    ]);
    const { page, launcher, dialog, faults, strays } = await visit({
      data: { greeting: '<img src=x onerror="window.hacked=1">' },
    });
    await launcher.click();
    await ask(dialog, '<img src=x onerror="window.hacked=1">');
    await dialog.locator('.actions').waitFor();
    expect(await page.evaluate('window.hacked ?? 0')).toBe(0);
    expect(await dialog.locator('.prose :is(img, script, iframe)').count()).toBe(0);
    const links = await dialog
      .locator('.prose a')
      .evaluateAll((all) =>
        all.map((link) => [link.getAttribute('href'), link.getAttribute('target'), link.getAttribute('rel')]),
      );
    expect(links).toEqual([[`${server.url}/docs/rmm.md#alerts`, '_blank', 'noopener noreferrer nofollow']]);
    expect(strays.filter((url) => !url.startsWith(server.url))).toEqual([]);
    expect(faults).toEqual([]);
    server.answerWith(writtenAnswer(server.documents));
    await page.context().close();
  });

  it('sends a token as such, and no cookie', async () => {
    const { page, launcher, dialog } = await visit({ data: { token: 'docent_secret' } });
    await page.context().addCookies([{ name: 'docent', value: 'of-who-signed-in', url: server.url }]);
    const asked = page.waitForRequest('**/api/info');
    await launcher.click();
    await dialog.getByLabel('Your question').waitFor();
    const sent = await (await asked).allHeaders();
    expect(sent.authorization).toBe('Bearer docent_secret');
    expect(sent.cookie).toBeUndefined();
    await page.context().close();
  });
});
