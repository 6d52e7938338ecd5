import { expect } from "@playwright/test";

import { test, type Kind, type OpenDevice } from "../devices";
import { sharedBoard } from "../furnish";
import type { Nodes } from "../installation";
import { Finger } from "../pointer";
import { BoardScreen } from "../screens/BoardScreen";
import { Shell } from "../screens/Shell";
import { signIn } from "../screens/accountScreens";

const LISTS = { "To do": ["Run", "Swim", "Row"], Doing: ["Read"], Done: ["Rest"] };

async function openBoard(kind: Kind, nodes: Nodes, openDevice: OpenDevice) {
  const { id, ada } = await sharedBoard(nodes, LISTS);
  const page = await openDevice(kind, nodes[0]);
  await signIn(page, ada.person);
  await page.goto(`/boards/${id}`);
  const board = new BoardScreen(page);
  const titles = (list: string) => board.list(list).getByRole("article").getByRole("link").allTextContents();
  return { page, board, titles };
}

test("a card is carried by mouse within its list and into another, and Escape leaves it where it was", async ({ nodes, openDevice }) => {
  const { page, board, titles } = await openBoard("laptop", nodes, openDevice);

  await board.carry("Run", { task: "Row", below: true });
  await expect.poll(() => titles("To do")).toEqual(["Swim", "Row", "Run"]);
  await board.carry("Swim", { task: "Read" });
  await expect.poll(() => titles("Doing")).toEqual(["Swim", "Read"]);
  await expect.poll(() => titles("To do")).toEqual(["Row", "Run"]);
  // Nothing that was carried was opened, too.
  expect(new URL(page.url()).search).toBe("");

  const { x, y } = (await board.task("Rest").boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.move(x + 60, y + 20);
  await page.mouse.down();
  await page.mouse.move(x - 200, y + 40, { steps: 5 });
  await expect(board.ghost).toContainText("Rest");
  const other = board.task("Read").getByRole("link");
  await expect(other).toHaveCSS("cursor", "grabbing");
  await page.keyboard.press("Escape");
  await expect(board.ghost).toBeHidden();
  await expect(other).toHaveCSS("cursor", "pointer");
  await page.mouse.up();
  expect(await titles("Done")).toEqual(["Rest"]);
  await expect(new Shell(page).status("Saved")).toBeVisible();
});

test("a list is carried by its head", async ({ nodes, openDevice }) => {
  const { page, board } = await openBoard("laptop", nodes, openDevice);
  const from = (await board.list("Done").boundingBox()) ?? { x: 0, y: 0 };
  const to = (await board.list("To do").boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.move(from.x + 150, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(from.x + 100, from.y + 12, { steps: 3 });
  await expect(board.ghost).toContainText("Done");
  await page.mouse.move(to.x + 40, to.y + 12, { steps: 8 });
  await page.mouse.up();
  const heads = page.getByRole("group", { name: "Lists", exact: true }).getByRole("heading");
  await expect(heads).toHaveText(["Done", "To do", "Doing"]);
});

test("a finger that rests on a card lifts it, at the edge it leads to the next list, and a swipe only scrolls", async ({ nodes, openDevice }) => {
  const { page, board, titles } = await openBoard("phone", nodes, openDevice);
  const finger = await Finger.on(page);

  await board.liftBy(finger, "Run");
  await finger.moveTo({ x: 180, y: 330 });
  await finger.lift();
  await expect.poll(() => titles("To do")).toEqual(["Swim", "Row", "Run"]);

  await board.liftBy(finger, "Swim");
  // Not far into the end, so that it scrolls slowly.
  await finger.moveTo({ x: 300, y: 300 });
  const leftOf = async (list: string) => (await board.list(list).boundingBox())?.x;
  await expect.poll(() => leftOf("Doing"), { intervals: [50] }).toBeLessThan(40);
  await finger.moveTo({ x: 180, y: 300 });
  await finger.lift();
  await expect.poll(() => titles("Doing")).toEqual(["Read", "Swim"]);
  expect(new URL(page.url()).search).toBe("");

  await finger.press({ x: 250, y: 300 });
  await finger.moveTo({ x: 40, y: 300 });
  await expect(board.ghost).toBeHidden();
  await finger.lift();
  await expect(board.task("Read")).not.toBeInViewport();
});
