import type { Page } from 'playwright-core';
import type { FakeServer } from './fake-server.ts';
import { rmmQuestion } from './scripts.ts';

/** A state of the client that is looked at: how to get there from a fresh page. */
export type State = {
  readonly name: string;
  reach(page: Page, server: FakeServer): Promise<void>;
  /** Puts back what was made otherwise to get there. */
  leave?(page: Page, server: FakeServer): Promise<void>;
  /** What the browser itself reports of it on the console. */
  readonly reported?: RegExp;
};

/** Asks a question on a fresh page and waits for the end of the answer. */
export async function ask(page: Page, question = rmmQuestion): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Your question').fill(question);
  await page.keyboard.press('Enter');
  await page.locator('.actions').waitFor();
}
