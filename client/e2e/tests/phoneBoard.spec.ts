import { expect } from "@playwright/test";

import { somebody } from "../account";
import { test } from "../devices";
import { sharedBoard } from "../furnish";
import { centerOf, Finger } from "../pointer";
import { BoardScreen } from "../screens/BoardScreen";
import { signIn, signUp } from "../screens/accountScreens";

test("on a phone, a new board's first list is the one on the screen", async ({ nodes, openDevice }) => {
  const page = await openDevice("phone", nodes[1]);
  await signUp(page, somebody("Ada"));
  await page.goto("/boards");
  await page.getByRole("button", { name: "New board" }).last().click();
  await page.getByRole("dialog", { name: "New board" }).getByRole("textbox").fill("Our spring");
  await page.getByRole("button", { name: "Make board" }).click();
  const board = new BoardScreen(page);
  await board.startLists();
  await expect(board.list("To do").getByRole("button", { name: "Add task" })).toBeInViewport();
  await expect(page.getByRole("button", { name: "Add list", exact: true })).not.toBeInViewport();
});

test("on a phone, only the lists beside the one on the screen are drawn, and a list that is left keeps how far it was scrolled", async ({
  nodes,
  openDevice,
}) => {
  const names = ["To do", "Doing", "Waiting", "Done"];
  const lists = Object.fromEntries(names.map((name) => [name, Array.from({ length: 60 }, (_, index) => `${name} ${index + 1}`)]));
  const { id, ada } = await sharedBoard(nodes, lists);
  const page = await openDevice("phone", nodes[0]);
  await signIn(page, ada.person);
  await page.goto(`/boards/${id}`);
  const board = new BoardScreen(page);
  await expect(board.task("To do 1")).toBeInViewport();
  await expect(board.task("Doing 1")).toBeVisible();
  await expect(board.task("Waiting 1")).toBeHidden();

  const scroller = board.list("To do").locator("[data-scrolls=y]");
  await scroller.evaluate((element) => element.scrollTo(0, 1_500));
  await expect(board.task("To do 1")).toBeHidden();
  const seen = await board.list("To do").getByRole("article").nth(6).getByRole("link").innerText();
  const tabs = page.getByRole("group", { name: "Lists, by name" });
  await tabs.getByRole("button", { name: "Done" }).click();
  await expect(board.task("Done 1")).toBeInViewport();
  await expect(board.list("To do").getByRole("article")).toHaveCount(0);
  await tabs.getByRole("button", { name: "To do" }).click();
  await expect(board.task(seen)).toBeInViewport();
});

test("on a phone, a tap ticks once, and a finger that scrolls from a check ticks nothing", async ({ nodes, openDevice }) => {
  const lists = { "To do": Array.from({ length: 40 }, (_, index) => `Step ${index + 1}`), Doing: ["Read"] };
  const { id, ada } = await sharedBoard(nodes, lists);
  const page = await openDevice("phone", nodes[0]);
  const wall = await openDevice("laptop", nodes[1]);
  for (const device of [page, wall]) {
    await signIn(device, ada.person);
    await device.goto(`/boards/${id}`);
  }
  const [board, seen] = [new BoardScreen(page), new BoardScreen(wall)];
  const finger = await Finger.on(page);
  const clicks = await page.evaluateHandle(() => {
    const heard: string[] = [];
    for (const type of ["mousedown", "click"]) document.addEventListener(type, () => heard.push(type), { capture: true });
    return heard;
  });

  await finger.press(await centerOf(board.check("Step 2")));
  await finger.lift();
  await expect(seen.check("Step 2")).toBeChecked();
  await finger.press(await centerOf(board.check("Step 2")));
  await finger.lift();
  await expect(seen.check("Step 2")).not.toBeChecked();
  expect(await clicks.jsonValue()).toEqual([]);

  const from = await centerOf(board.check("Step 6"));
  await finger.press(from);
  await finger.moveTo({ x: from.x, y: from.y - 120 }, 12);
  await finger.moveTo(from, 12);
  await finger.lift();
  await finger.press(await centerOf(board.check("Step 3")));
  await finger.lift();
  await expect(seen.check("Step 3")).toBeChecked();
  await expect(seen.check("Step 6")).not.toBeChecked();
});
