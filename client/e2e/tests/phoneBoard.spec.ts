import { expect } from "@playwright/test";

import { somebody } from "../account";
import { test } from "../devices";
import { BoardScreen } from "../screens/BoardScreen";
import { signUp } from "../screens/accountScreens";

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
