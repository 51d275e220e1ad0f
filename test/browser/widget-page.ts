import type { Browser, BrowserContextOptions, Locator } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launch, openPage } from './browser.ts';
import { shippedDocuments } from './corpus.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';
import { type HostSite, startHostSite } from './host-site.ts';
import { rmmQuestion, writtenAnswer } from './scripts.ts';

export const desktop = { viewport: { width: 1440, height: 900 } };
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

export type Setup = {
  readonly browser: Browser;
  readonly host: HostSite;
  readonly name?: string;
  /** Origin of Docent. */
  readonly docent: string;
  readonly csp?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly context?: BrowserContextOptions;
};

export type WidgetSite = { readonly browser: Browser; readonly host: HostSite; readonly server: FakeServer };

/** Before the tests of a suite: a browser, a site of another origin, and a Docent that it may ask. After them, none. */
export function withWidgetSite(use: (site: WidgetSite) => void): void {
  let site: WidgetSite | undefined;
  beforeAll(async () => {
    const [browser, host] = await Promise.all([launch(), startHostSite()]);
    const documents = await shippedDocuments();
    const server = await startFakeServer({ documents, allowedOrigins: [host.origin] });
    server.answerWith(writtenAnswer(documents));
    site = { browser, host, server };
    use(site);
  });
  afterAll(async () => {
    await site?.browser.close();
    await site?.server.close();
    await site?.host.close();
  });
}

/** A page of the host with the widget in it, as far as the button. */
export async function visitWidget(setup: Setup) {
  const { browser, host, docent, csp, data = {}, name = 'handbook' } = setup;
  const watched = await openPage(browser, host.origin, { ...desktop, ...setup.context });
  const query = new URLSearchParams({ docent, ...(csp && { csp }) });
  for (const [key, value] of Object.entries(data)) query.set(`data-${key}`, value);
  await watched.page.goto(`/${name}?${query}`);
  const launcher = watched.page.locator('docent-widget .launcher');
  await launcher.waitFor();
  return { ...watched, launcher, dialog: watched.page.locator('docent-widget [role=dialog]') };
}

/** Asks in the widget's dialog. */
export async function askWidget(dialog: Locator, question = rmmQuestion): Promise<void> {
  await dialog.getByLabel('Your question').fill(question);
  await dialog.getByLabel('Your question').press('Enter');
}

/** Computed values of some properties of an element. */
export function styleOf(locator: Locator, ...names: readonly string[]): Promise<string[]> {
  return locator.first().evaluate((element, wanted) => {
    const style = getComputedStyle(element);
    return wanted.map((name) => style.getPropertyValue(name));
  }, names);
}
