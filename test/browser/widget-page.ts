import type { Browser, BrowserContextOptions, Locator } from 'playwright-core';
import { openPage } from './browser.ts';
import type { HostSite } from './host-site.ts';
import { rmmQuestion } from './scripts.ts';

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
