import type { Page } from 'playwright-core';

/** The answers that the browser keeps, of all conversations. */
export function keptTexts(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const opening = indexedDB.open('docent');
        opening.onsuccess = () => {
          const found = opening.result.transaction('conversations').objectStore('conversations').getAll();
          found.onsuccess = () => {
            opening.result.close();
            const kept: { turns: { answer: { text: string } }[] }[] = found.result;
            resolve(kept.flatMap(({ turns }) => turns.map(({ answer }) => answer.text)));
          };
        };
      }),
  );
}
