import type { Page } from 'playwright-core';
import type { Document } from '../../knowledge/document.ts';
import { changeDocument, removeSection } from './corpus.ts';
import type { FakeServer } from './fake-server.ts';
import { keptSections } from './kept-sections.ts';
import { writtenAnswer } from './scripts.ts';
import { ask, type State } from './state.ts';

/** A state of a conversation of whose sections one has changed, one has another heading and one is gone. */
function changedState(
  name: string,
  look: (page: Page) => Promise<void>,
  options: { readonly isKept: boolean } = { isKept: true },
): State {
  let before: readonly Document[] = [];
  return {
    name,
    ...(!options.isKept && { reported: /status of 500/ }),
    async reach(page, server) {
      before = [...server.documents];
      server.answerWith(writtenAnswer(server.documents));
      if (!options.isKept) await page.route('**/api/sections*', (route) => route.fulfill({ status: 500 }));
      await ask(page);
      await page.waitForURL(/\?c=/);
      while (options.isKept && (await keptSections(page)) < 3) await page.waitForTimeout(50);
      await page.unroute('**/api/sections*');
      change(server.documents);
      await page.reload();
      await page.locator('.changes-bar').waitFor();
      await look(page);
    },
    async leave(_page, server) {
      server.documents.splice(0, server.documents.length, ...before);
    },
  };
}

function change(documents: FakeServer['documents']): void {
  changeDocument(documents, 'psa.md', 'A PSA (', 'Since last year, a PSA (');
  changeDocument(documents, 'psa.md', 'Consultants, agencies, and other firms', 'Agencies and other firms');
  changeDocument(documents, 'rmm.md', '## What Is an RMM?', '## The RMM in short');
  removeSection(documents, 'rmm.md', 'how-rmm-agents-work');
}

async function unfold(page: Page, within: string): Promise<void> {
  for (const details of await page.locator(`${within} .change`).all())
    await details.locator('summary').click();
  await page.locator(`${within} .change-text`).first().waitFor();
  await page.locator(`${within} .change`).first().scrollIntoViewIfNeeded();
}

/** What a reader sees of sections that are no longer as an old answer cites them. */
export const changedStates: readonly State[] = [
  changedState('changed', (page) => page.locator('.turn .change').first().waitFor()),
  changedState('changed-difference', (page) => unfold(page, '.turn')),
  changedState('changed-card', async (page) => {
    await page.locator('.cite').nth(1).hover();
    await page.locator('.card-change').waitFor();
  }),
  changedState('changed-source', async (page) => {
    await page.locator('.cite').nth(1).click();
    await page.locator('.pane .is-document').waitFor();
    await unfold(page, '.pane');
  }),
  changedState('changed-not-kept', (page) => unfold(page, '.turn'), { isKept: false }),
];
