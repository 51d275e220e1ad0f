import type { Page } from 'playwright-core';
import { rmmQuestion, writtenAnswer } from './scripts.ts';
import type { State } from './state.ts';

async function type(page: Page): Promise<void> {
  await page.getByLabel('Your question').fill(rmmQuestion);
  await page.keyboard.press('Enter');
}

function indexState(name: string, code: string, message: string): State {
  const paths = ['**/api/info', '**/api/chat'];
  return {
    name,
    reported: /status of 503/,
    async reach(page) {
      for (const path of paths) {
        await page.route(path, (route) => route.fulfill({ status: 503, json: { code, message } }));
      }
      await page.goto('/');
      await page.locator('.start .failure.is-index').waitFor();
      await type(page);
      await page.locator('.turn .failure.is-index').waitFor();
    },
    async leave(page) {
      for (const path of paths) await page.unroute(path);
    },
  };
}

/** The states of a client that can't do what it is asked. */
export const troubleStates: readonly State[] = [
  {
    name: 'limited',
    reported: /status of 429/,
    async reach(page) {
      await page.route('**/api/chat', (route) =>
        route.fulfill({ status: 429, headers: { 'retry-after': '120' }, body: 'slow down' }),
      );
      await page.goto('/');
      await type(page);
      await page.locator('.failure button:disabled').waitFor();
    },
    leave: (page) => page.unroute('**/api/chat'),
  },
  {
    name: 'not-ready',
    reported: /status of 503/,
    async reach(page) {
      const missing = { code: 'store_missing', message: 'There is no index yet. Run: npm run ingest' };
      await page.route('**/api/info', (route) => route.fulfill({ status: 503, json: missing }));
      await page.goto('/');
      await page.locator('.start .failure.is-index').waitFor();
    },
    leave: (page) => page.unroute('**/api/info'),
  },
  indexState('missing', 'store_missing', 'There is no index yet. Run: npm run ingest'),
  indexState(
    'rebuilding',
    'store_mismatch',
    'The index was made with another embedding model and is being made anew. Until then, run: npm run ingest',
  ),
  {
    name: 'storage-full',
    async reach(page, server) {
      server.answerWith(writtenAnswer(server.documents));
      await page.goto('/');
      await page.evaluate(() => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      });
      await type(page);
      await page.locator('.kept-notice').waitFor();
      await page.locator('.actions').waitFor();
    },
  },
];
