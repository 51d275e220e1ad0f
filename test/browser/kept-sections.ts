import type { Page } from 'playwright-core';

/** How many cited sections the browser keeps with the conversation shown, as they were. */
export function keptSections(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open('docent');
        opening.onsuccess = () => {
          const shelf = opening.result.transaction('conversations').objectStore('conversations');
          const id = new URLSearchParams(location.search).get('c') ?? '';
          const found = shelf.get(id);
          found.onsuccess = () => {
            opening.result.close();
            resolve(Object.keys(found.result?.sections ?? {}).length);
          };
        };
      }),
  );
}
