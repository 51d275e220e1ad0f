import { readFileSync } from 'node:fs';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, openPage, skipReason } from './browser.ts';
import { documentFrom } from './corpus.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';
import { sourceOf } from './script-answer.ts';
import { ask } from './state.ts';

const attacks = [
  '<script>window.hacked = 1</script>',
  '<img src=x onerror="window.hacked = 1">',
  '<svg onload="window.hacked = 1"><script>window.hacked = 1</script></svg>',
  '<iframe src="https://evil.example/frame"></iframe>',
  '<link rel="stylesheet" href="https://evil.example/style.css">',
  '<meta http-equiv="refresh" content="0; url=https://evil.example">',
  '<a href="javascript:window.hacked = 1">click</a>',
  '<svg><a xlink:href="javascript:window.hacked = 1" href="https://evil.example/svg"><text>click</text></a></svg>',
  '<svg><use href="https://evil.example/use.svg#a"/><image href="https://evil.example/image.png"/></svg>',
  '<math href="javascript:window.hacked = 1">click</math>',
  '<form action="https://evil.example/form"><button>click</button></form>',
  '<details open ontoggle="window.hacked = 1"><summary>click</summary></details>',
  '[click](javascript:window.hacked%20=%201)',
  '[click](data:text/html,<script>window.hacked=1</script>)',
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

const forbidden =
  'script, img, iframe, svg:not(.icon):not([viewBox="0 0 32 32"]), math, form[action], link, meta, style, object, use, image, [onerror], [onload], [ontoggle]';

/** Where one line is shown: a title, a heading, a question, a name. */
const line =
  'Bad <img src=x onerror="window.hacked = 1"> [click](javascript:window.hacked=1) <svg onload="window.hacked=1">';

describe.skipIf(skipReason)('attacks in documents and in a model’s words', () => {
  let browser: Browser;
  let server: FakeServer;

  beforeAll(async () => {
    browser = await launch();
    const source = `---\ntitle: '${line}'\n---\n\n${attacks}\n\n## ${line}\n\n${attacks}\n\n## End\n\nThe end.\n`;
    server = await startFakeServer({
      documents: [
        documentFrom('bad.md', source),
        documentFrom('other.md', `# ${line}\n\nOther.\n\n## A\n\nA.\n\n## B\n`),
      ],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  /** Goes to a place, clicks all there that was to be clicked, and tells what got out. */
  async function visit(reach: (page: Page) => Promise<void>) {
    const { page, strays, faults } = await openPage(browser, server.url);
    page.context().on('page', (opened) => strays.push(`a window: ${opened.url()}`));
    await reach(page);
    const address = page.url();
    const bait = page.getByText('click').and(page.locator('.prose *, .question')).filter({ visible: true });
    const clicks = await bait.count();
    // The bait is words: clicking them does nothing, wherever they stand.
    for (let n = 0; n < clicks; n++) await bait.nth(n).click({ force: true, noWaitAfter: true });
    const result = {
      hacked: await page.evaluate('window.hacked ?? 0'),
      elements: await page.locator(`#app :is(${forbidden})`).count(),
      badLinks: await page.locator('.prose a:not([href^="/docs/"]):not([href^="https://"])').count(),
      outside: await page.locator('.prose a[href^="https://"]').count(),
      isElsewhere: page.url() !== address,
      strays,
      faults,
    };
    await page.context().close();
    return { clicks, ...result };
  }
  const nothing = { hacked: 0, elements: 0, badLinks: 0, isElsewhere: false, strays: [], faults: [] };

  it('nothing runs and nothing is fetched from a document’s page', async () => {
    const result = await visit(async (page) => {
      await page.goto('/docs/bad.md');
      await page.getByText('The end.').waitFor();
    });
    expect(result).toMatchObject(nothing);
    expect(result.clicks).toBeGreaterThan(5);
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
    expect(result).toMatchObject({ ...nothing, outside: 0 });
    expect(result.clicks).toBeGreaterThan(5);
  });

  /** An answer that cites the bad document, asked in bad words. */
  async function answered(page: Page): Promise<void> {
    const place = { path: 'bad.md', anchor: 'end', excerpt: 'The end.' };
    server.answerWith([
      { type: 'sources', sources: [sourceOf(server.documents, place, 1)] },
      { type: 'delta', text: `${attacks}\n\nThe end. [1]` },
      { type: 'done', mode: 'written', score: 1, version: 1, timings: {} },
    ]);
    await ask(page, line);
    await page.waitForURL(/\?c=/);
  }

  it('nothing does in the document beside an answer', async () => {
    const result = await visit(async (page) => {
      await answered(page);
      await page.locator('.cite').click();
      await page.locator('.pane').getByText('The end.').waitFor();
    });
    expect(result).toMatchObject(nothing);
    expect(result.clicks).toBeGreaterThan(20);
  });

  it('nothing does in what a search shows, in titles, in headings and in the outline', async () => {
    const result = await visit(async (page) => {
      await page.goto('/docs/');
      await page.locator('.docs-list').waitFor();
      await page.getByRole('combobox').fill('evil.example');
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('ArrowDown');
      expect(await page.locator('.docs-hits').textContent()).toContain('onerror');
      await page.keyboard.press('Enter');
      await page.getByText('The end.').waitFor();
      expect(await page.title()).toContain('[click](javascript:');
      await page.goto('/docs/other.md');
      await page.getByText('Other.').waitFor();
    });
    expect(result).toMatchObject(nothing);
  });

  it('nothing does in the names of conversations, nor in what is saved of one', async () => {
    let saved: string[] = [];
    const result = await visit(async (page) => {
      await answered(page);
      await page.getByRole('button', { name: 'Conversations' }).click();
      await page.locator('.drawer-item').waitFor();
      await page.getByRole('button', { name: 'Rename' }).click();
      await page.getByLabel('Name of the conversation').fill(line);
      await page.keyboard.press('Enter');
      await page.locator('.drawer-open').getByText('onerror').waitFor();
      const save = async (name: string) => {
        const started = page.waitForEvent('download');
        await page.getByRole('button', { name }).click();
        const download = await started;
        expect(download.suggestedFilename()).toMatch(/^[\w-]+\.(md|json)$/);
        return readFileSync(await download.path(), 'utf8');
      };
      saved = [await save('Save as Markdown'), await save('Save as JSON')];
      await page.getByRole('button', { name: 'Close' }).last().click();
    });
    expect(result).toMatchObject({ ...nothing, outside: 0 });
    const [markdown = '', json = ''] = saved;
    expect(JSON.parse(json)).toMatchObject({ name: line, turns: [{ question: line }] });
    expect(await viewed(markdown)).toEqual({ hacked: 0, links: [], strays: [] });
  });

  /** What Markdown does in a viewer that lets all through: HTML, images and any link. */
  async function viewed(markdown: string) {
    const html = micromark(markdown, {
      allowDangerousHtml: true,
      allowDangerousProtocol: true,
      extensions: [gfm()],
      htmlExtensions: [gfmHtml()],
    });
    const { page, strays } = await openPage(browser, server.url);
    await page.setContent(html);
    const links = await page
      .locator('a')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    const result = {
      hacked: await page.evaluate('window.hacked ?? 0'),
      links: links.filter((href) => !href.startsWith(server.url) && !href.startsWith('#')),
      strays,
    };
    await page.context().close();
    return result;
  }
});
