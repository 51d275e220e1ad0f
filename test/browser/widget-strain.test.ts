import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { violations } from './axe.ts';
import { skipReason } from './browser.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';
import type { HostSite } from './host-site.ts';
import { writtenAnswer } from './scripts.ts';
import { askWidget, type Setup, styleOf, visitWidget, withWidgetSite } from './widget-page.ts';

const shots = 'test-results/screenshots';

/** What the widget has to stand up to: odd pages, policies, trouble and attacks. */
describe.skipIf(skipReason)('the widget under strain', () => {
  let browser: Browser;
  let host: HostSite;
  let server: FakeServer;

  withWidgetSite((site) => {
    ({ browser, host, server } = site);
  });

  const visit = (setup: Partial<Setup> = {}) => visitWidget({ browser, host, docent: server.url, ...setup });

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
      await askWidget(dialog);
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
    await askWidget(dialog);
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
    await askWidget(dialog);
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
    await askWidget(dialog);
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
    await askWidget(dialog, '<img src=x onerror="window.hacked=1">');
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
