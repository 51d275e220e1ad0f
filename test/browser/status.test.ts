import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Status } from '../../server/events.ts';
import { violations } from './axe.ts';
import { launch, openPage, skipReason } from './browser.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';

const shots = fileURLToPath(new URL('../../test-results/screenshots', import.meta.url));

const ingest: NonNullable<Status['ingest']> = {
  endedAt: '2026-05-04T08:00:00.000Z',
  seconds: 41.2,
  version: 12,
  files: 214,
  embedded: 96,
  unchanged: 6_606,
  deleted: 11,
  failed: [],
  failedFiles: 0,
  findings: [],
};
const well: Status = {
  docent: '0.1.0',
  node: '22.11.0',
  startedAt: '2026-05-04T08:00:00.000Z',
  uptime: 93_784,
  index: {
    readable: true,
    version: 12,
    madeAt: '2026-05-04T08:00:00.000Z',
    documents: 214,
    sections: 2_310,
    chunks: 6_702,
    embedder: 'e5-small-v2-int8@1',
    dimensions: 384,
    chunker: 'sections-256t-v9',
    fingerprint: '1f0c9a2b',
  },
  mode: 'written',
  model: { writes: 'llama3.2', checks: 'qwen2.5:14b', reachable: true },
  running: 3,
  ingest,
};
const ailing: Status = {
  ...well,
  model: {
    writes: 'llama3.2',
    checks: 'llama3.2',
    reachable: false,
    lastFault: {
      at: '2026-05-04T09:00:00.000Z',
      message: 'The language model at localhost:11434 can’t be reached (ECONNREFUSED).',
    },
  },
  ingest: {
    ...ingest,
    failed: [
      { path: 'guides/a-rather-long-folder-name/onboarding-checklist-2019.txt', message: 'is not UTF-8' },
    ],
    failedFiles: 4,
    findings: [
      { rule: 'broken-link', severity: 'error', count: 7, files: 3 },
      { rule: 'heading-skip', severity: 'warning', count: 23, files: 14 },
    ],
  },
};

describe.skipIf(skipReason)('the status page', () => {
  let browser: Browser;
  let server: FakeServer;
  let present: () => Promise<Status>;
  beforeAll(async () => {
    mkdirSync(shots, { recursive: true });
    browser = await launch();
    server = await startFakeServer({ documents: [], status: () => present(), info: { status: true } });
  });
  beforeEach(() => {
    present = () => Promise.resolve(well);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it('is reached from the docs, and tells of index, answers, server and ingest', async () => {
    const { page } = await openPage(browser, server.url, { locale: 'en-GB' });
    await page.goto('/docs/');
    await page.getByRole('link', { name: 'Status', exact: true }).click();
    await page.getByText('All is well').waitFor();
    const told = await page.locator('main').textContent();
    for (const words of [
      '214 documents',
      'e5-small-v2-int8@1',
      '1f0c9a2b',
      'llama3.2',
      'qwen2.5:14b',
      '22.11.0',
    ])
      expect(told).toContain(words);
    expect(told).toContain('1 day 2 h');
    expect(told).toContain('96 embedded, 6,606 unchanged, 11 deleted');
    await page.context().close();
  });

  it('looks again by itself, and keeps what it has while the server isn’t reached', async () => {
    const { page } = await openPage(browser, server.url);
    await page.clock.install();
    await page.goto('/status');
    await page.getByText('All is well').waitFor();
    present = () =>
      Promise.resolve({
        ...well,
        index: {
          readable: false,
          code: 'store_missing',
          message: 'There is no index. Make it: npm run ingest',
        },
      });
    await page.clock.runFor(10_000);
    await page.getByText('The index can’t be read').waitFor();
    await page.getByText('Make it: npm run ingest').waitFor();
    present = () => Promise.reject(new Error('gone'));
    await page.clock.runFor(10_000);
    await page.getByText('isn’t reached just now').waitFor();
    expect(await page.getByText('Make it: npm run ingest').count()).toBe(1);
    await page.context().close();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [390, 820, 1440]) {
      it(`has nothing for axe to find, nothing remote and no sideways scrolling: ${width} px, ${colorScheme}`, async () => {
        present = () => Promise.resolve(ailing);
        const view = { viewport: { width, height: 900 }, colorScheme };
        const { page, faults, strays } = await openPage(browser, server.url, view);
        await page.goto('/status');
        await page.getByText('and 3 others').waitFor();
        await page.screenshot({ path: `${shots}/status-${width}-${colorScheme}.png` });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect([await violations(page), wide > 0, faults, strays]).toEqual([[], false, [], []]);
        await page.context().close();
      });
    }
  }
});
