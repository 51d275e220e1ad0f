import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, openPage, skipReason } from './browser.ts';
import { documentFrom } from './corpus.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';
import { ask } from './state.ts';

const markdown = `שלום לכולם.

- פריט ראשון
- second item in English
- פריט שלישי
- 100

1. ראשון
2. שני

> ציטוט מתוך המסמך

| שם | מספר |
| --- | --- |
| אחת | 1 |

- an English list
- פריט בעברית
`;

/** Where things are in what is drawn: distances in px from the left edge of the column. */
function geometry(page: Page) {
  return page.evaluate(() => {
    const prose = document.querySelector('.prose');
    const edge = prose?.getBoundingClientRect().left ?? 0;
    const box = (element: Element | null | undefined) => {
      const { left = 0, right = 0 } = element?.getBoundingClientRect() ?? {};
      return { left: left - edge, right: right - edge };
    };
    const words = (element: Element | null | undefined) => {
      const range = document.createRange();
      if (element) range.selectNodeContents(element);
      const { left, right } = range.getBoundingClientRect();
      return { left: left - edge, right: right - edge };
    };
    const all = (selector: string) => [...(prose?.querySelectorAll(selector) ?? [])];
    const quote = all('blockquote')[0];
    return {
      width: prose?.getBoundingClientRect().width ?? 0,
      lists: all('ul, ol').map((list) => ({
        outer: box(list),
        items: [...list.children].map((item) => ({ box: box(item), words: words(item) })),
        markers: [...list.children].map((item) => getComputedStyle(item).direction),
      })),
      bar: quote && [getComputedStyle(quote).borderLeftWidth, getComputedStyle(quote).borderRightWidth],
      cells: all('tbody td').map((cell) => ({ box: box(cell), words: words(cell) })),
    };
  });
}

describe.skipIf(skipReason)('text that runs from right to left', () => {
  let browser: Browser;
  let server: FakeServer;

  beforeAll(async () => {
    browser = await launch();
    server = await startFakeServer({ documents: [documentFrom('hebrew.md', `# ברוכים\n\n${markdown}`)] });
    server.answerWith([
      { type: 'delta', text: markdown },
      { type: 'done', mode: 'written', score: 1, version: 1, timings: {} },
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it.each([
    { where: 'an answer', reach: (page: Page) => ask(page, 'מה זה?') },
    {
      where: 'a document',
      reach: async (page: Page) => {
        await page.goto('/docs/hebrew.md');
        await page.locator('.prose table').waitFor();
      },
    },
  ])('has its bullets, bars and first columns on the right, inside the column: $where', async ({ reach }) => {
    const { page, faults } = await openPage(browser, server.url, { viewport: { width: 900, height: 900 } });
    await reach(page);
    const { width, lists, bar, cells } = await geometry(page);
    const [bullets, numbers, english] = lists;
    for (const list of [bullets, numbers]) {
      for (const { box } of list?.items ?? []) {
        // The room for the marks is on the right; nothing is kept free on the left.
        expect(width - box.right).toBeGreaterThan(20);
        expect(box.left).toBeCloseTo(0, 0);
      }
      expect(new Set(list?.markers)).toEqual(new Set(['rtl']));
    }
    // The words begin beside their mark, in whatever language.
    for (const { box, words } of bullets?.items ?? []) expect(box.right - words.right).toBeLessThan(2);
    for (const { box, words } of english?.items ?? []) expect(words.left - box.left).toBeLessThan(2);
    expect(new Set(english?.markers)).toEqual(new Set(['ltr']));
    expect(english?.items[0]?.box.left).toBeGreaterThan(20);
    expect(bar).toEqual(['0px', '3px']);
    const [first, second] = cells;
    expect(first?.box.left).toBeGreaterThanOrEqual(second?.box.right ?? width);
    // A number has no direction of its own and stands where the column's words do.
    expect((second?.box.right ?? 0) - (second?.words.right ?? 0)).toBeLessThan(20);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
