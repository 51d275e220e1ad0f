import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, openPage, skipReason } from './browser.ts';
import { shippedDocuments } from './corpus.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';
import { lengthAt, readTasks, traceCategories } from './read-trace.ts';
import type { Step } from './script-answer.ts';

/** 40 kB of Markdown in 2,000 deltas, a pause after each 20 so that many frames are drawn. */
function longAnswer(): { steps: Step[]; text: string } {
  const block = (n: number) =>
    `### Part ${n}\n\nSome **words** of part ${n}, ${'and more of them '.repeat(9)}to the end.\n\n- one\n- two\n\n`;
  const text = Array.from({ length: 200 }, (_, n) => block(n))
    .join('')
    .slice(0, 40_000);
  const deltas = Array.from({ length: 2000 }, (_, n) => text.slice(n * 20, n * 20 + 20));
  const steps = deltas.flatMap((delta, n): Step[] =>
    n % 20 === 19
      ? [
          { type: 'delta', text: delta },
          { type: 'wait', ms: 10 },
        ]
      : [{ type: 'delta', text: delta }],
  );
  return { text, steps: [...steps, { type: 'done', mode: 'written', score: 1, version: 1, timings: {} }] };
}

describe.skipIf(skipReason)('a long answer', () => {
  let browser: Browser;
  let server: FakeServer;

  beforeAll(async () => {
    browser = await launch();
    server = await startFakeServer({ documents: await shippedDocuments() });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it('is drawn piece by piece: what stands is never drawn again', async () => {
    const { steps, text } = longAnswer();
    server.answerWith(steps);
    const { page, faults } = await openPage(browser, server.url);
    await page.goto('/');
    await browser.startTracing(page, { categories: traceCategories });
    await page.getByLabel('Your question').fill('All of it');
    await page.keyboard.press('Enter');
    const first = await page.locator('.prose h3').first().elementHandle();
    await page.locator('.actions').waitFor();
    const { frames, all } = readTasks(await browser.stopTracing());
    console.log(
      [
        `40 kB in 2,000 deltas, ${frames.wall.length} frames as whole tasks of the main thread: p50 ${lengthAt(0.5, frames)}`,
        `p95 ${lengthAt(0.95, frames)}, longest ${lengthAt(1, frames)}`,
        `longest of all ${all.wall.length} tasks ${lengthAt(1, all)}`,
      ].join(', '),
    );
    expect(frames.wall.length).toBeGreaterThan(0);
    expect(await first?.evaluate((node) => node.isConnected && node.textContent)).toBe('Part 0');
    expect(await page.locator('.prose h3').count()).toBe(text.match(/### Part \d/g)?.length);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
