import { expect } from "@playwright/test";

import { somebody } from "../account";
import { test } from "../devices";
import { sharedBoard } from "../furnish";
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
