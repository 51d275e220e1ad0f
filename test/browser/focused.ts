import type { Page } from 'playwright-core';

/** What has the focus, as a reader would name it; "" when nothing has. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const active = document.activeElement;
    if (!active || active === document.body) return '';
    return active.getAttribute('aria-label') ?? active.textContent ?? '';
  });
}
