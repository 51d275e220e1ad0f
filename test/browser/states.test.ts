import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe.ts';
import { launch, openPage, skipReason } from './browser.ts';
import { shippedDocuments } from './corpus.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';
import { states } from './states.ts';

const shots = fileURLToPath(new URL('../../test-results/screenshots', import.meta.url));

const views = [
  { width: 390, height: 844, colorScheme: 'light' },
  { width: 390, height: 844, colorScheme: 'dark' },
  { width: 820, height: 1180, colorScheme: 'light' },
  { width: 820, height: 1180, colorScheme: 'dark' },
  { width: 1440, height: 900, colorScheme: 'light' },
  { width: 1440, height: 900, colorScheme: 'dark' },
] as const;

/** Elements that reach over the right edge of the window, by their class. */
function overflowing(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

describe.skipIf(skipReason)('every state', () => {
  let browser: Browser;
  let server: FakeServer;
  /** By state and view: what axe found, and the requests that left for another host. */
  const checks = new Map<string, { readonly violations: number; readonly strays: number }>();

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true });
    browser = await launch();
    server = await startFakeServer({ documents: await shippedDocuments() });
  });
  afterAll(async () => {
    const sum = (of: 'violations' | 'strays') =>
      [...checks.values()].reduce((all, check) => all + check[of], 0);
    console.log(
      `axe, all rules: ${states.length} states x ${views.length / 2} widths x 2 themes, ${checks.size} checks, ${sum('violations')} violations; ${sum('strays')} requests left for another host`,
    );
    await browser?.close();
    await server?.close();
  });

  for (const { width, height, colorScheme } of views) {
    it(`has nothing for axe to find and no sideways scrolling: ${width} px, ${colorScheme}`, async () => {
      const found: Record<string, unknown> = {};
      const view = { viewport: { width, height }, colorScheme };
      const { page, faults, strays } = await openPage(browser, server.url, view);
      for (const state of states) {
        await state.reach(page, server);
        await page.screenshot({ path: `${shots}/${state.name}-${width}-${colorScheme}.png` });
        const bad = await violations(page);
        const others = faults.splice(0).filter((fault) => !state.reported?.test(fault));
        const left = strays.splice(0);
        checks.set(`${state.name} ${width} ${colorScheme}`, { violations: bad.length, strays: left.length });
        found[state.name] = [bad, Math.max(0, await overflowing(page)), others, left];
        await state.leave?.(page, server);
      }
      await page.context().close();
      expect(found).toEqual(Object.fromEntries(states.map(({ name }) => [name, [[], 0, [], []]])));
    }, 120_000);
  }

  it('stays readable at 320 px, which is 1280 px at 400%', async () => {
    const { page } = await openPage(browser, server.url, { viewport: { width: 320, height: 640 } });
    for (const state of states) {
      await state.reach(page, server);
      expect(await overflowing(page), state.name).toBeLessThanOrEqual(0);
      await state.leave?.(page, server);
    }
    await page.context().close();
  }, 120_000);
});
