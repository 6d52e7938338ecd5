import { expect, type BrowserContext, type Page } from "@playwright/test";

import config from "../../playwright.config";
import { test } from "../devices";
import { sharedBoard, type SharedBoard } from "../furnish";
import { BoardScreen } from "../screens/BoardScreen";
import { Shell } from "../screens/Shell";
import { signIn } from "../screens/accountScreens";

const { launchOptions } = config.use ?? {};
// A process for each tab: one that hangs must not take the other with it.
const ownProcesses = "--disable-features=ProcessPerSiteUpToMainFrameThreshold";
test.use({ launchOptions: { ...launchOptions, args: [...(launchOptions?.args ?? []), ownProcesses] } });

/** From the leader's end to another tab that is connected. */
const TAKEN_OVER_MS = 5_000;

/** The open sockets of all tabs, by tab. */
function countSockets(context: BrowserContext): Map<Page, number> {
  const open = new Map<Page, number>();
  const add = (page: Page, count: number) => open.set(page, (open.get(page) ?? 0) + count);
  const follow = (page: Page) => {
    page.on("websocket", (socket) => {
      add(page, 1);
      socket.on("close", () => add(page, -1));
    });
    page.on("close", () => open.delete(page));
  };
  context.pages().forEach(follow);
  context.on("page", follow);
  return open;
}

const total = (open: Map<Page, number>) => [...open.values()].reduce((sum, count) => sum + count, 0);

async function openAnother(first: Page, board: SharedBoard): Promise<Page> {
  const page = await first.context().newPage();
  await page.goto(`/boards/${board.id}`);
  await expect(page.getByRole("heading", { level: 1, name: board.title })).toBeVisible();
  await expect(new Shell(page).status("Saved")).toBeVisible();
  return page;
}

test("two tabs have one socket, and when the one that holds it is closed the other goes on", async ({ nodes, openDevice }) => {
  const board = await sharedBoard(nodes, { "To do": ["Run 5 km"], Done: [] });
  const friend = await openDevice("laptop", nodes[1]);
  const first = await openDevice("laptop", nodes[0]);
  const sockets = countSockets(first.context());
  await Promise.all([signIn(friend, board.bo.person), signIn(first, board.ada.person)]);
  await Promise.all([friend, first].map((page) => new Shell(page).openBoard(board.title)));
  const second = await openAnother(first, board);
  expect(total(sockets)).toBe(1);

  const [there, here, alsoHere] = [friend, first, second].map((page) => new BoardScreen(page)) as [BoardScreen, BoardScreen, BoardScreen];
  await alsoHere.addTasks("To do", "By the second tab");
  await Promise.all([there, here].map((screen) => expect(screen.task("By the second tab")).toBeVisible()));
  await there.addTasks("To do", "By a friend");
  await Promise.all([here, alsoHere].map((screen) => expect(screen.task("By a friend")).toBeVisible()));

  await first.close();
  await alsoHere.addTasks("To do", "After the first one was closed");
  await expect(there.task("After the first one was closed")).toBeVisible({ timeout: TAKEN_OVER_MS });
  expect(total(sockets)).toBe(1);
});

test("a tab that hangs with the socket in its hands is replaced, and gives it up when it wakes", async ({ nodes, openDevice }) => {
  const board = await sharedBoard(nodes, { "To do": ["Run 5 km"], Done: [] });
  const friend = await openDevice("laptop", nodes[1]);
  const first = await openDevice("laptop", nodes[0]);
  const sockets = countSockets(first.context());
  await Promise.all([signIn(friend, board.bo.person), signIn(first, board.ada.person)]);
  await Promise.all([friend, first].map((page) => new Shell(page).openBoard(board.title)));
  const second = await openAnother(first, board);
  const [there, here, alsoHere] = [friend, first, second].map((page) => new BoardScreen(page)) as [BoardScreen, BoardScreen, BoardScreen];

  const devTools = await first.context().newCDPSession(first);
  // Its script stands still, while its lock and its socket stay held.
  const paused = new Promise((resolve) => devTools.once("Debugger.paused", resolve));
  await devTools.send("Debugger.enable");
  await devTools.send("Debugger.pause");
  await paused;

  await alsoHere.check("Run 5 km").click();
  await expect(there.check("Run 5 km")).toBeChecked({ timeout: TAKEN_OVER_MS });
  await there.addTasks("To do", "Meanwhile");
  await expect(alsoHere.task("Meanwhile")).toBeVisible();

  expect(total(sockets)).toBe(2);
  await devTools.send("Debugger.resume");
  await expect(here.task("Meanwhile")).toBeVisible();
  await expect.poll(() => total(sockets)).toBe(1);
  await here.addTasks("To do", "By the one that woke");
  await Promise.all([there, alsoHere].map((screen) => expect(screen.task("By the one that woke")).toHaveCount(1)));
});
