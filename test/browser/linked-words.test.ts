import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { quoteDigest } from '../../server/quote-digest.ts';
import { launch, openPage, skipReason, type WatchedPage } from './browser.ts';
import { documentFrom } from './corpus.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';

const LOGS = `# Logs

Where logs go.

## How long

See [the list][kinds]. Keep **all** logs for
30 days. Audits differ.

## Kinds

| Kind | Days |
| --- | --- |
| Error | 7 |
| *Audit* | 90 |

<table>
<tr><th>Day</th><th>Closed</th></tr>
<tr><td>May 1</td><td>All offices</td></tr>
</table>

[kinds]: #kinds
`;

describe.skipIf(skipReason)('a link to cited words', () => {
  let browser: Browser;
  let server: FakeServer;
  let opened: WatchedPage;

  beforeAll(async () => {
    browser = await launch();
    server = await startFakeServer({ documents: [documentFrom('logs.md', LOGS)] });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(async () => {
    opened = await openPage(browser, server.url, { viewport: { width: 1440, height: 500 } });
    return async () => {
      await opened.page.context().close();
      expect(opened.faults).toEqual([]);
    };
  });

  /** The link to words of the docs as they were at first. */
  function linkTo(words: string, anchor: string, quote = words): string {
    const start = LOGS.indexOf(words);
    return `/docs/logs.md?q=${start}-${start + words.length}&w=${quoteDigest(quote)}#${anchor}`;
  }
  const sentence = linkTo('Keep **all** logs for\n30 days.', 'how-long', 'Keep all logs for 30 days.');
  const row = linkTo('| *Audit* | 90 |', 'kinds', 'Kind: Audit; Days: 90');

  /** What a page shows of a link, once it is there. */
  async function open(link: string, source = LOGS) {
    const { page } = opened;
    server.documents.splice(0, 1, documentFrom('logs.md', source));
    await page.goto(link);
    await page.locator('.prose h2').first().waitFor();
    const textOf = async (selector: string) => (await page.locator(selector).allTextContents()).join('');
    return {
      cited: (await textOf('mark.is-current')).replace(/\s+/g, ' '),
      marked: (await textOf('mark:not(.is-current)')).replace(/\s+/g, ' '),
      notice: await textOf('.docs-lost'),
    };
  }
  const gone = {
    cited: '',
    marked: 'How long',
    notice: 'The cited words are not found on this page. It may have changed since.',
  };

  it('marks them', async () => {
    expect(await open(sentence)).toEqual({ cited: 'Keep all logs for 30 days.', marked: '', notice: '' });
    expect(await open(row)).toEqual({ cited: 'Audit90', marked: '', notice: '' });
    const html = linkTo('<tr><td>May 1</td><td>All offices</td></tr>', 'kinds', 'May 1: All offices');
    expect(await open(html)).toEqual({ cited: 'May 1All offices', marked: '', notice: '' });
  });

  it('marks them where they are after something was put in above, and nothing else', async () => {
    const longer = LOGS.replace('Where logs go.', 'Where logs go, and where they come from.\n\nKeep none.');
    expect(await open(sentence, longer)).toMatchObject({ cited: 'Keep all logs for 30 days.', notice: '' });
    expect(await open(row, longer)).toMatchObject({ cited: 'Audit90', notice: '' });
  });

  it('marks them in another section when they have moved there, or theirs has another name', async () => {
    const moved = LOGS.replace(' Keep **all** logs for\n30 days.', '').replace(
      '## Kinds\n',
      '## Kinds\n\nKeep all *logs* for 30 days.\n',
    );
    expect((await open(sentence, moved)).cited).toBe('Keep all logs for 30 days.');
    expect((await open(sentence, LOGS.replace('## How long', '## Duration'))).cited).toBe(
      'Keep all logs for 30 days.',
    );
  });

  it('marks the section’s heading alone and says so when they are gone', async () => {
    expect(await open(sentence, LOGS.replace('30 days', '45 days'))).toEqual(gone);
    const heading = await opened.page.locator('mark').boundingBox();
    const notice = await opened.page.locator('.docs-lost').boundingBox();
    expect(heading?.y).toBeGreaterThan((notice?.y ?? 0) + (notice?.height ?? 0) - 1);
    expect(heading?.y).toBeLessThan(500);
  });

  const at = LOGS.indexOf('all** logs');
  it.each([
    ['a range of whole words is marked quietly', `q=${at}-${at + 10}`, 'all logs'],
    ['one that cuts a word is not', `q=${at + 1}-${at + 10}`, 'How long'],
    ['one of more than its section is not', 'q=0-99999', 'How long'],
    ['one that ends before it begins is not', `q=${at + 10}-${at}`, 'How long'],
    ['a digest that is none counts as none', `q=${at}-${at + 10}&w=x`, 'all logs'],
  ])('without a digest %s', async (_, query, marked) => {
    expect(await open(`/docs/logs.md?${query}#how-long`)).toEqual({ cited: '', marked, notice: '' });
  });
});
