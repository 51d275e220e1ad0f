import type { Page } from 'playwright-core';
import { quoteDigest } from '../../server/quote-digest.ts';
import { changedStates } from './changed-states.ts';
import { disagreeingState } from './disagreeing.ts';
import type { FakeServer } from './fake-server.ts';
import { abstainedAnswer, quotedAnswer, rmmQuestion, writtenAnswer } from './scripts.ts';
import { ask, type State } from './state.ts';
import { troubleStates } from './trouble-states.ts';

async function written(page: Page, server: FakeServer): Promise<void> {
  server.answerWith(writtenAnswer(server.documents));
  await ask(page);
}

/** Everything that a reader can come upon, in the order of a visit. */
export const states: readonly State[] = [
  {
    name: 'start',
    async reach(page) {
      await page.goto('/');
      await page.locator('.suggestion').first().waitFor();
    },
  },
  {
    name: 'streaming',
    async reach(page, server) {
      const steps = writtenAnswer(server.documents);
      const half = steps.slice(0, Math.floor(steps.length / 2));
      server.answerWith([...half, { type: 'wait', ms: 120_000 }]);
      await page.goto('/');
      await page.getByLabel('Your question').fill(rmmQuestion);
      await page.keyboard.press('Enter');
      await page.locator('.prose .cite').nth(1).waitFor();
    },
  },
  { name: 'answer', reach: written },
  {
    name: 'quoted',
    async reach(page, server) {
      server.answerWith(quotedAnswer(server.documents));
      await ask(page);
    },
  },
  disagreeingState,
  {
    name: 'card',
    async reach(page, server) {
      await written(page, server);
      await page.locator('.cite').nth(1).hover();
      await page.locator('.card').waitFor();
    },
  },
  {
    name: 'unsupported',
    async reach(page, server) {
      await written(page, server);
      await page.locator('.note-mark').focus();
    },
  },
  {
    name: 'source',
    async reach(page, server) {
      await written(page, server);
      await page.locator('.source-link').first().click();
      await page.locator('.pane mark.is-current').first().waitFor();
    },
  },
  {
    name: 'rating',
    async reach(page, server) {
      await written(page, server);
      await page.getByRole('button', { name: 'Not helpful' }).click();
      await page.getByLabel('What was wrong with it?').waitFor();
    },
  },
  {
    name: 'gaps',
    async reach(page) {
      await page.goto('/gaps');
      await page.locator('.gaps-table').waitFor();
    },
  },
  {
    name: 'abstained',
    async reach(page, server) {
      server.answerWith(abstainedAnswer(server.documents));
      await ask(page, 'Will it rain tomorrow?');
    },
  },
  {
    name: 'failed',
    async reach(page, server) {
      const message =
        'The model at http://127.0.0.1:8089/v1 can’t be reached. Start it, or unset CHAT_MODEL.';
      server.answerWith([
        { type: 'delta', text: 'An RMM is the software an MSP uses to watch' },
        { type: 'error', code: 'model_unreachable', message },
      ]);
      await ask(page);
    },
  },
  {
    name: 'conversations',
    async reach(page, server) {
      await written(page, server);
      await page.getByRole('button', { name: 'Conversations' }).click();
      await page.locator('.drawer-item').first().waitFor();
    },
  },
  {
    name: 'docs',
    async reach(page) {
      await page.goto('/docs/');
      await page.locator('.docs-list').waitFor();
    },
  },
  {
    name: 'page',
    async reach(page, server) {
      const source = server.documents.find((document) => document.path === 'rmm.md')?.source ?? '';
      const start = source.indexOf('Because the agent starts');
      const end = source.indexOf('.', start) + 1;
      const digest = quoteDigest(source.slice(start, end));
      await page.goto(`/docs/rmm.md?q=${start}-${end}&w=${digest}#how-rmm-agents-work`);
      await page.locator('mark.is-current').first().waitFor();
    },
  },
  {
    name: 'page-lost',
    async reach(page) {
      await page.goto('/docs/rmm.md?q=100-131&w=4f-lost#how-rmm-agents-work');
      await page.locator('.docs-lost').waitFor();
    },
  },
  {
    name: 'search',
    async reach(page) {
      await page.goto('/docs/');
      await page.locator('.docs-list').waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('agent');
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('ArrowDown');
    },
  },
  ...troubleStates,
  ...changedStates,
];
