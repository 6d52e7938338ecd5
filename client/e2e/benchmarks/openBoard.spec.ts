import { expect, type Page } from "@playwright/test";

import { Account, somebody } from "../account";
import { test } from "../devices";
import { makeBoard } from "../furnish";
import { signIn } from "../screens/accountScreens";

const LISTS = ["To do", "Doing", "Waiting", "Done"];
const TASKS = 2_000;
const ROUNDS = 5;

/**
 * From asking for the board's address to its first cards drawn. Measured inside the page, by its own clock: from the
 * start of the navigation to the frame after the last list has cards.
 */
async function openMs(page: Page, path: string): Promise<number> {
  await page.goto(path, { waitUntil: "commit" });
  return page.evaluate(
    (lists) =>
      new Promise<number>((resolve) => {
        const look = () => {
          const filled = [...document.querySelectorAll("section")].filter((section) => section.querySelector("article") !== null);
          if (filled.length >= lists) resolve(performance.now());
          else requestAnimationFrame(look);
        };
        look();
      }),
    LISTS.length,
  );
}

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
const words = (name: string, took: readonly number[]): string =>
  `${name}: median ${median(took).toFixed(0)} ms of ${took.map((ms) => ms.toFixed(0)).join(", ")}`;

test("how long a board of 2,000 tasks takes to open", async ({ nodes, openDevice }) => {
  test.setTimeout(300_000);
  const owner = await Account.signUp(nodes[0], somebody("Ada"));
  const tasks = Array.from({ length: TASKS }, (_, index) => `Task ${index + 1} of a board that has been in use for years`);
  const lists = Object.fromEntries(LISTS.map((list, at) => [list, tasks.filter((_, index) => index % LISTS.length === at)]));
  const board = await makeBoard(owner, "Two thousand", lists);
  const path = `/boards/${board.id}`;

  const fromServer: number[] = [];
  const fromCopy: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = await openDevice("laptop", nodes[0], { reducedMotion: "reduce" });
    await signIn(page, owner.person);
    await expect(page.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
    // The board must not be here yet: what signing in fetched in the background is thrown away.
    await page.evaluate(async () => {
      const databases = await indexedDB.databases();
      await Promise.all(
        databases.map(
          ({ name = "" }) =>
            new Promise((resolve) => {
              const deleting = indexedDB.deleteDatabase(name);
              deleting.onsuccess = deleting.onerror = deleting.onblocked = resolve;
            }),
        ),
      );
    });
    fromServer.push(await openMs(page, path));
    await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
    fromCopy.push(await openMs(page, path));
    await page.context().close();
  }
  process.stdout.write(`\n${words("from the server", fromServer)}\n${words("from the local copy", fromCopy)}\n`);
});
