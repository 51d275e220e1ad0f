import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApiDocument } from '../../server/routes/openapi.ts';
import { violations } from './axe.ts';
import { launch, openPage, skipReason } from './browser.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';

const shots = fileURLToPath(new URL('../../test-results/screenshots', import.meta.url));

describe.skipIf(skipReason)('the reference of the API', () => {
  let browser: Browser;
  let server: FakeServer;
  beforeAll(async () => {
    mkdirSync(shots, { recursive: true });
    browser = await launch();
    server = await startFakeServer({ documents: [] });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  async function open(page: Page, hash = ''): Promise<void> {
    await page.goto(`${server.url}/api${hash}`);
    await page.locator('#schemas').waitFor();
  }

  it('tells every route and every schema of the document', async () => {
    const { page } = await openPage(browser, server.url);
    await open(page);
    const { paths, components } = openApiDocument();
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const told = await page.locator('main h3').allInnerTexts();
    expect(new Set(told)).toEqual(new Set([...routes, ...Object.keys(components.schemas)]));
    const missing = await page.evaluate(() =>
      [...document.querySelectorAll('a[href^="#"]')]
        .map((link) => link.getAttribute('href') ?? '')
        .filter((href) => !document.getElementById(href.slice(1))),
    );
    expect(missing).toEqual([]);
    await page.context().close();
  });

  it('opens at the route that the address names, and is reached from the docs', async () => {
    const { page } = await openPage(browser, server.url);
    await page.goto(`${server.url}/docs/`);
    await page.getByRole('link', { name: 'API', exact: true }).click();
    await page.locator('#schemas').waitFor();
    expect(new URL(page.url()).pathname).toBe('/api');
    await open(page, '#rate');
    const top = await page.locator('#rate').evaluate((heading) => heading.getBoundingClientRect().top);
    expect(top).toBeLessThan(200);
    await page.context().close();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [width, height] of [
      [390, 844],
      [1440, 900],
    ] as const) {
      it(`has nothing for axe to find, nothing remote and no sideways scrolling: ${width} px, ${colorScheme}`, async () => {
        const view = { viewport: { width, height }, colorScheme };
        const { page, faults, strays } = await openPage(browser, server.url, view);
        await open(page);
        await page.screenshot({ path: `${shots}/reference-${width}-${colorScheme}.png` });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect([await violations(page), wide > 0, faults, strays]).toEqual([[], false, [], []]);
        await page.context().close();
      });
    }
  }
});
