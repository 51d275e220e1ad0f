import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launch, openPage, skipReason, type WatchedPage } from './browser.ts';
import { shippedDocuments } from './corpus.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';
import { focused } from './focused.ts';
import { abstainedAnswer, quotedAnswer, rmmQuestion, writtenAnswer } from './scripts.ts';

describe.skipIf(skipReason)(`the chat in Chromium ${skipReason ?? ''}`, () => {
  let browser: Browser;
  let server: FakeServer;
  let opened: WatchedPage;

  beforeAll(async () => {
    browser = await launch();
    server = await startFakeServer({ documents: await shippedDocuments() });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(async () => {
    server.answerWith(writtenAnswer(server.documents));
    opened = await openPage(browser, server.url);
    await opened.page.goto('/');
    return async () => {
      await opened.page.context().close();
      expect(opened.faults).toEqual([]);
      expect(opened.strays).toEqual([]);
    };
  });

  async function ask(question = rmmQuestion): Promise<void> {
    await opened.page.getByLabel('Your question').fill(question);
    await opened.page.keyboard.press('Enter');
  }
  const announced = (page: Page) => page.locator('.chat > .visually-hidden[role=status]').textContent();
  const finished = () => opened.page.locator('.actions').last().waitFor();

  it('answers a suggested question with cited statements', async () => {
    const { page } = opened;
    await page.getByRole('button', { name: rmmQuestion }).click();
    await finished();
    expect(server.asked.at(-1)).toEqual({ messages: [{ role: 'user', content: rmmQuestion }] });
    expect(await page.locator('.cite').allTextContents()).toEqual(['1', '2', '3']);
    expect(await page.locator('.verdict').textContent()).toBe('3 of 4 statements are supported by the docs');
    expect((await page.locator('.claim-unsupported').allTextContents()).join('')).toBe(
      'Most firms replace both of them every three years.',
    );
    expect(await page.locator('.prose tbody td').first().textContent()).toBe('Looks after');
  });

  it('says why a statement is not supported when its mark has the focus', async () => {
    await ask();
    await finished();
    await opened.page.locator('.note-mark').focus();
    expect(await opened.page.getByRole('tooltip').textContent()).toBe(
      'No section says how often they are replaced.',
    );
  });

  it('says of a quoted answer that it is the docs’ own words', async () => {
    server.answerWith(quotedAnswer(server.documents));
    await ask();
    await finished();
    expect(await opened.page.locator('.verdict').textContent()).toBe('Quoted from the docs, word for word');
  });

  it('lists the nearest sections when the docs don’t answer', async () => {
    server.answerWith(abstainedAnswer(server.documents));
    await ask('Will it rain?');
    await finished();
    const { page } = opened;
    expect(await page.locator('.abstained-title').textContent()).toBe('Not in the docs');
    expect(await page.locator('.source-link strong').allTextContents()).toEqual([
      'What Is an RMM?',
      'How RMM Agents Work',
    ]);
    expect(await page.locator('.verdict').count()).toBe(0);
  });

  it('says nothing of the docs about small talk', async () => {
    const { page } = opened;
    server.answerWith([
      { type: 'delta', text: 'You’re welcome.' },
      { type: 'done', mode: 'abstained', score: 1, version: 1, timings: {} },
    ]);
    await ask('thanks!');
    await finished();
    expect(await page.getByText('Not in the docs').count()).toBe(0);
    expect(await page.getByRole('group', { name: 'Rate this answer' }).count()).toBe(0);
    await expect.poll(() => announced(page)).toBe('Answer: You’re welcome.');
  });

  it('shows a citation’s card on hover and on focus, and walks with the arrow keys', async () => {
    const { page } = opened;
    await ask();
    await finished();
    await page.locator('.cite').first().hover();
    await page.locator('.card').waitFor();
    expect(await page.locator('.card mark').textContent()).toContain('is the software an MSP uses to watch');
    await page.mouse.move(0, 0);
    await page.locator('.card').waitFor({ state: 'detached' });
    await page.locator('.cite').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('.card', { hasText: 'What Is a PSA?' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('.card').count()).toBe(0);
  });

  it('tells a citation’s quote to who doesn’t see its card', async () => {
    const { page } = opened;
    await ask();
    await finished();
    const session = await page.context().newCDPSession(page);
    await session.send('Accessibility.enable');
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const cite = nodes.find(({ name }) => `${name?.value}`.startsWith('Source 3: '));
    expect(cite?.description?.value).toBe(
      "Because the agent starts the connection, the client's firewall needs no open inbound port.",
    );
  });

  it('says of a table and of code where they are from', async () => {
    const { page } = opened;
    const steps = writtenAnswer(server.documents).filter(({ type }) => type === 'sources');
    const text =
      'A list:\n\n```sh\nls\n```\n\n[1]\n\n| a |\n| - |\n| b |\n\n[2]\n\nAnd this [3].\n\n[1]\n\n---\n\n[9]';
    server.answerWith([
      ...steps,
      { type: 'delta', text },
      { type: 'done', mode: 'quoted', score: 1, version: 1, timings: {} },
    ]);
    await ask();
    await finished();
    expect(await page.locator('.figure-source').allTextContents()).toEqual(['From 1', 'From 2']);
    expect(await page.locator('.prose .cite').allTextContents()).toEqual(['1', '2', '3', '1']);
  });

  it('sends what was said before with a follow-up question', async () => {
    await ask();
    await finished();
    await ask('And a SOC?');
    await opened.page.locator('.turn').nth(1).locator('.actions').waitFor();
    const roles = server.asked.at(-1)?.messages.map((message) => message.role);
    expect(roles).toEqual(['user', 'assistant', 'user']);
    expect(server.asked.at(-1)?.messages.at(-1)?.content).toBe('And a SOC?');
  });

  it('stops: what has come stays, and the server is told', async () => {
    const before = server.abandoned();
    server.answerWith([
      { type: 'stage', stage: 'writing' },
      { type: 'delta', text: 'The beginning' },
      { type: 'wait', ms: 60_000 },
    ]);
    await ask();
    await opened.page.getByText('The beginning').waitFor();
    await opened.page.getByRole('button', { name: 'Stop' }).click();
    await finished();
    expect(await opened.page.locator('.prose').textContent()).toBe('The beginning');
    await expect.poll(server.abandoned).toBe(before + 1);
  });

  it('says what it is doing', async () => {
    server.answerWith([
      { type: 'stage', stage: 'reading', sections: 6 },
      { type: 'wait', ms: 60_000 },
    ]);
    await ask();
    await opened.page.getByText('Reading 6 sections…').waitFor();
    await opened.page.getByRole('button', { name: 'Stop' }).click();
  });

  it('keeps the part that came when the connection breaks, and goes on', async () => {
    const { page } = opened;
    server.answerWith([{ type: 'delta', text: 'Half of it' }, { type: 'wait', ms: 1500 }, { type: 'cut' }]);
    await ask();
    await page.getByRole('alert').waitFor();
    expect(await page.locator('.prose').textContent()).toBe('Half of it');
    expect(await page.getByRole('alert').textContent()).toContain('The answer broke off');
    server.answerWith(quotedAnswer(server.documents));
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.locator('.verdict').waitFor();
    expect(await page.locator('.turn').count()).toBe(1);
    opened.faults.length = 0;
  });

  it('shows what the server says went wrong', async () => {
    server.answerWith([
      { type: 'error', code: 'model_unreachable', message: 'The model is away. Start it.' },
    ]);
    await ask();
    expect(await opened.page.getByRole('alert').textContent()).toContain('The model is away. Start it.');
  });

  it('says what is wrong with the index before the first question, and tries again', async () => {
    const { page } = opened;
    const message = 'There is no index yet. Run: npm run ingest';
    const missing = { status: 503, json: { code: 'store_missing', message } };
    await page.route('**/api/info', (route) => route.fulfill(missing));
    await page.goto('/');
    expect(await page.getByRole('alert').textContent()).toContain(message);
    await page.unroute('**/api/info');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('button', { name: rmmQuestion }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    opened.faults.length = 0;
  });

  it('says so when the server is away, and keeps the question', async () => {
    const { page } = opened;
    await page.route('**/api/chat', (route) => route.abort());
    await ask();
    expect(await page.getByRole('alert').textContent()).toContain('Docent can’t be reached');
    await page.unroute('**/api/chat');
    await page.getByRole('button', { name: 'Ask again' }).click();
    await page.locator('.verdict').waitFor();
    opened.faults.length = 0;
  });

  it('copies an answer as Markdown whose citations are links', async () => {
    const { page } = opened;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await ask();
    await finished();
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByText('Copied').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(
      /devices \[\\\[1\\\]\]\(http:\/\/127\.0\.0\.1:\d+\/docs\/rmm\.md\?q=\d+-\d+&w=[\w-]+#what-is-an-rmm\)/,
    );
    expect(copied).toContain('2. [Professional Services Automation (PSA) › What Is a PSA?](');
  });

  it('copies on plain http as well, where the browser has no clipboard for scripts', async () => {
    const { page } = opened;
    await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await page.goto('/');
    await ask();
    await finished();
    const copy = page.getByRole('button', { name: 'Copy', exact: true });
    await copy.focus();
    await page.keyboard.press('Enter');
    await page.getByText('Copied').waitFor();
    expect(await focused(page)).toBe('Copied');
    await page.getByLabel('Your question').focus();
    await page.keyboard.press('Control+V');
    expect(await page.getByLabel('Your question').inputValue()).toContain(
      '2. [Professional Services Automation',
    );
  });

  it('keeps the theme that was chosen', async () => {
    const { page } = opened;
    await page.getByRole('button', { name: /^Theme: automatic/ }).click();
    await page.getByRole('button', { name: /^Theme: light/ }).click();
    await page.reload();
    await page.getByRole('button', { name: /^Theme: dark/ }).waitFor();
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark');
  });

  it('edits the last question', async () => {
    const { page } = opened;
    await ask();
    await finished();
    await page.getByRole('button', { name: 'Edit question' }).click();
    await page.getByRole('textbox', { name: 'Edit question' }).fill('What is a PSA?');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What is a PSA?' }).waitFor();
    await finished();
    expect(server.asked.at(-1)).toEqual({ messages: [{ role: 'user', content: 'What is a PSA?' }] });
  });

  it('counts a long question’s characters and takes no longer one', async () => {
    const { page } = opened;
    await page.getByLabel('Your question').fill('x'.repeat(3990));
    await page.getByText('10 characters left').waitFor();
    await page.getByLabel('Your question').fill('x'.repeat(4001));
    await page.getByText('1 characters too many').waitFor();
    expect(await page.getByRole('button', { name: 'Ask' }).isDisabled()).toBe(true);
  });

  it('announces an answer once, when it is finished', async () => {
    const { page } = opened;
    server.answerWith(writtenAnswer(server.documents, 50));
    await ask();
    await page.locator('.cite').first().waitFor();
    expect(await announced(page)).toBe('');
    await finished();
    await expect.poll(() => announced(page)).toMatch(/^Answer: An RMM is the software/);
  });
});
