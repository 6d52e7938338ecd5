import { expect, type Page } from "@playwright/test";

import type { Id } from "../src/protocol/records";

/** When all files of the application are on the device. */
export async function untilApplicationKept(page: Page): Promise<void> {
  await page.evaluate(async () => navigator.serviceWorker.ready);
}

/**
 * When the device's own copy of a board is there, with this many records or more. What is shown, and what the server has
 * saved, is written to it a little later: a page that is left before then may find nothing.
 */
export async function untilBoardKept(page: Page, boardId: Id, records: number): Promise<void> {
  await expect.poll(() => page.evaluate(countKept, boardId)).toBeGreaterThanOrEqual(records);
}

/** Runs in the page. */
async function countKept(boardId: Id): Promise<number> {
  const databases = await indexedDB.databases();
  const counts = databases.map(
    ({ name = "" }) =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => {
          const range = IDBKeyRange.bound([boardId], [boardId, []]);
          const counting = opening.result.transaction("records").objectStore("records").count(range);
          counting.onsuccess = () => {
            opening.result.close();
            resolve(counting.result);
          };
        };
      }),
  );
  return Math.max(0, ...(await Promise.all(counts)));
}
