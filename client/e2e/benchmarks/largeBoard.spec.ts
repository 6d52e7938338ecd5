import { expect, type CDPSession, type Page } from "@playwright/test";

import type { Command } from "../../src/protocol/commands";
import type { Id } from "../../src/protocol/records";
import { Account, somebody } from "../account";
import { test, type Kind } from "../devices";
import { FIRST_LOAD_BYTES, FIRST_SCREENS, firstLoadBytes } from "../firstLoad";
import { join, makeBoard } from "../furnish";
import { CLIENT } from "../installation";
import { untilApplicationKept, untilBoardKept } from "../kept";
import { runningNodes } from "../nodes";
import { Shell } from "../screens/Shell";
import { signIn } from "../screens/accountScreens";
import { Figures } from "./figures";
import { answerMs, framesDuring, installProbes, longestTaskDuring, openMs } from "./inPage";

/** A mid-range phone has about a quarter of the speed of the machines that this runs on. */
const SLOWER = 4;
const LISTS = ["To do", "Doing", "Waiting", "Done"];
const TASKS = 2_000;
const BURST = 500;
const ROUNDS = 5;
/** A finger rests so long before it lifts a card: `TOUCH` in features/boards/drag/presses.ts. */
const LIFT_MS = 220;
/** A finger that taps stays down so long. */
const TAP_MS = 60;
/** Nobody taps again sooner: what the last tap brought is done by then. */
const PAUSE_MS = 500;
/** How far and how fast a finger flings a list, in px and px/s. */
const FLING = { px: 6_000, px_per_s: 3_000 };

const figures = new Figures();
let ada: Account;
let bo: Account;
let board: { id: Id; tasks: readonly Id[] };

test.describe.configure({ timeout: 400_000 });

test.beforeAll(async () => {
  const nodes = runningNodes();
  [ada, bo] = await Promise.all([Account.signUp(nodes[0], somebody("Ada")), Account.signUp(nodes[1], somebody("Bo"))]);
  const titles = Array.from({ length: TASKS }, (_, index) => `Task ${index + 1} of a board that has been in use for years`);
  const lists = Object.fromEntries(LISTS.map((list, at) => [list, titles.filter((_, index) => index % LISTS.length === at)]));
  const { id } = await makeBoard(ada, "Two thousand", lists);
  await join(ada, bo, id);
  board = { id, tasks: (await bo.tasks(id)).map((task) => task.id) };
});

test.afterAll(() => figures.write());

for (const kind of ["phone", "laptop"] as const) {
  test(`a board of 2,000 tasks, on a ${kind} with a quarter of the speed`, async ({ nodes, openDevice }) => {
    const page = await openDevice(kind, nodes[0], { serviceWorkers: "allow" });
    await installProbes(page);
    await signIn(page, ada.person);
    const devtools = await page.context().newCDPSession(page);
    await page.goto(`/boards/${board.id}`);
    await expect(page.locator(CARD).first()).toBeVisible();
    await Promise.all([untilApplicationKept(page), untilBoardKept(page, board.id, TASKS)]);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });

    const add = figures.add.bind(figures);
    add(`${kind}: open from the local copy`, "ms", { at_most: 1_000 }, await repeat(() => openBoard(page, kind)));
    await page.waitForLoadState("networkidle");
    add(`${kind}: tick`, "ms", { at_most: 50 }, await repeat((round) => tick(page, devtools, kind, round)));
    add(`${kind}: lift a card`, "ms", { at_most: 50 }, await repeat((round) => lift(page, devtools, kind, round)));
    const flings = await repeat(() => fling(page, devtools));
    add(`${kind}: frames while scrolling`, "fps", { at_least: 58 }, flings.map(framesPerSecond));
    add(`${kind}: longest frame while scrolling`, "ms", { at_most: 50 }, flings.map(longestFrame));
    add(`${kind}: longest task in a burst of ${BURST} changes`, "ms", { at_most: 100 }, await repeat((round) => burst(page, round), 3), "worst");
    add(`${kind}: longest task in a return to ${BURST} changes`, "ms", { at_most: 100 }, await repeat((round) => comeBack(page, round), 3), "worst");
  });
}

test("the scripts of a first load", () => {
  for (const screen of FIRST_SCREENS) {
    figures.add(`scripts of a first load: ${screen}`, "KB", { at_most: FIRST_LOAD_BYTES / 1000 }, [firstLoadBytes(CLIENT, screen) / 1000]);
  }
});

const CARD = "[data-drop-list] article";
const FILLED_LIST = "[data-drop-list]:has(article)";

async function repeat<Result>(run: (round: number) => Promise<Result>, rounds = ROUNDS): Promise<Result[]> {
  const results: Result[] = [];
  for (let round = 0; round < rounds; round += 1) {
    results.push(await run(round));
  }
  return results;
}

/** Until the lists on the screen have their cards: a phone shows one. */
const openBoard = (page: Page, kind: Kind) => openMs(page, `/boards/${board.id}`, FILLED_LIST, kind === "phone" ? 1 : LISTS.length);

/** The task of the card at a place of the first list, as it is drawn. */
async function cardAt(page: Page, index: number): Promise<{ task_id: Id; x: number; y: number }> {
  const card = page.locator("[data-drop-task]").nth(index);
  const { x, y, height } = (await card.boundingBox()) ?? { x: 0, y: 0, height: 0 };
  return { task_id: (await card.getAttribute("data-drop-task")) ?? "", x: x + 150, y: y + height / 2 };
}

/** Pressed at a point: Playwright's own click looks the element up within the event that is measured, and its taps last no time. */
async function tick(page: Page, devtools: CDPSession, kind: Kind, round: number): Promise<number> {
  await page.waitForTimeout(PAUSE_MS);
  const { task_id } = await cardAt(page, round + 1);
  const check = `[data-drop-task="${task_id}"] [role=checkbox]`;
  // The other device has ticked some of them already.
  const other = (await page.locator(check).getAttribute("aria-checked")) === "true" ? "false" : "true";
  const { x, y, width, height } = (await page.locator(check).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const [left, top] = [x + width / 2, y + height / 2];
  const tap = async () => {
    await devtools.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x: left, y: top }] });
    await page.waitForTimeout(TAP_MS);
    await devtools.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  };
  const press = () => (kind === "phone" ? tap() : page.mouse.click(left, top));
  return answerMs(page, kind === "phone" ? "touchend" : "click", `${check}[aria-checked=${other}]`, press);
}

async function lift(page: Page, devtools: CDPSession, kind: Kind, round: number): Promise<number> {
  await page.waitForTimeout(PAUSE_MS);
  const { x, y } = await cardAt(page, round);
  const ghost = "[data-drag-ghost]";
  let took: number;
  if (kind === "laptop") {
    await page.mouse.move(x, y);
    await page.mouse.down();
    took = await answerMs(page, "mousemove", ghost, () => page.mouse.move(x, y + 10));
    await page.keyboard.press("Escape");
    await page.mouse.up();
  } else {
    const touchPoints = [{ x, y }];
    const press = () => devtools.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
    took = (await answerMs(page, "touchstart", ghost, press)) - LIFT_MS;
    await devtools.send("Input.dispatchTouchEvent", { type: "touchCancel", touchPoints: [] });
  }
  await expect(page.locator(ghost)).toHaveCount(0);
  return took;
}

async function fling(page: Page, devtools: CDPSession): Promise<readonly number[]> {
  const { x, y } = await cardAt(page, 2);
  const gesture = { x, y, speed: FLING.px_per_s, gestureSourceType: "touch" } as const;
  const frames = await framesDuring(page, () =>
    devtools.send("Input.synthesizeScrollGesture", { ...gesture, yDistance: -FLING.px, preventFling: true }),
  );
  await devtools.send("Input.synthesizeScrollGesture", { ...gesture, speed: 100_000, yDistance: 2 * FLING.px, preventFling: true });
  await page.waitForTimeout(500);
  return frames;
}

function framesPerSecond(frames: readonly number[]): number {
  const [first = 0, last = 0] = [frames[0], frames.at(-1)];
  return ((frames.length - 1) * 1000) / (last - first);
}

const longestFrame = (frames: readonly number[]): number => Math.max(...frames.slice(1).map((at, index) => at - (frames[index] ?? at)));

/** Bo renames so many tasks at once; the last is one that is on Ada's screen, and says when all have come. */
async function rename(page: Page, round: string): Promise<{ changes: () => Promise<void>; arrived: () => Promise<void> }> {
  const { task_id } = await cardAt(page, 0);
  const others = board.tasks.filter((id) => id !== task_id).slice(0, BURST - 1);
  const to = (id: Id, title: string): Command => ({ type: "task.edit", board_id: board.id, task_id: id, title });
  return {
    changes: async () => {
      await bo.commands(others.map((id, index) => to(id, `${round}, number ${index}`)));
      await bo.command(to(task_id, `Last of ${round}`));
    },
    arrived: () => untilSaid(page, task_id, `Last of ${round}`),
  };
}

/** Until a card has these words. A locator that looks for them walks the whole page, in the very tasks that are measured. */
async function untilSaid(page: Page, taskId: Id, words: string): Promise<void> {
  await page.waitForFunction(
    ([card, wanted]) => document.querySelector(card)?.textContent.includes(wanted) === true,
    [`[data-drop-task="${taskId}"]`, words] as const,
  );
}

async function burst(page: Page, round: number): Promise<number> {
  const { changes, arrived } = await rename(page, `Burst ${round + 1}`);
  return longestTaskDuring(page, async () => {
    await changes();
    await arrived();
  });
}

async function comeBack(page: Page, round: number): Promise<number> {
  const { changes, arrived } = await rename(page, `Return ${round + 1}`);
  await page.context().setOffline(true);
  await expect(new Shell(page).status(/Offline|Reconnecting/)).toBeVisible();
  await changes();
  return longestTaskDuring(page, async () => {
    await page.context().setOffline(false);
    await arrived();
  });
}
