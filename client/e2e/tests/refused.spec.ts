import { expect } from "@playwright/test";

import { test } from "../devices";
import { sharedBoard } from "../furnish";
import { BoardScreen } from "../screens/BoardScreen";
import { Shell } from "../screens/Shell";
import { signIn } from "../screens/accountScreens";

const LISTS = { "To do": ["Run 5 km"], Done: [] };

test("a change by somebody who lost the right to it is taken back, with the reason", async ({ nodes, openDevice }) => {
  const { title, id: board_id, ada, bo } = await sharedBoard(nodes, LISTS);
  const page = await openDevice("laptop", nodes[1]);
  await signIn(page, bo.person);
  const shell = new Shell(page);
  const board = new BoardScreen(page);
  await shell.openBoard(title);

  await page.context().setOffline(true);
  await board.check("Run 5 km").click();
  await expect(board.check("Run 5 km")).toBeChecked();
  await ada.command({ type: "member.edit", board_id, member_id: bo.id, role: "viewer" });
  await page.context().setOffline(false);

  await expect(shell.refusals).toContainText("The task “Run 5 km” was not completed.");
  await expect(shell.refusals).toContainText(`Your role on ${title} does not allow it.`);
  // What was refused is no longer called done, and the board that one is on is not offered.
  await expect(page.getByText("Completed “Run 5 km”")).toBeHidden();
  await expect(shell.refusals.getByRole("button", { name: "Open board" })).toHaveCount(0);
  // A viewer sees how it stands, and has nothing to tick it with.
  await expect(board.task("Run 5 km").getByRole("img", { name: "Not done: Run 5 km" })).toBeVisible();
  await shell.refusals.getByRole("button", { name: "Discard" }).click();
  await expect(shell.refusals).toBeHidden();
});

test("somebody who is made a viewer while looking can no longer change anything, and goes on seeing", async ({ nodes, openDevice }) => {
  const { title, id: board_id, list_ids, ada, bo } = await sharedBoard(nodes, LISTS);
  const page = await openDevice("laptop", nodes[1]);
  await signIn(page, bo.person);
  const board = new BoardScreen(page);
  await new Shell(page).openBoard(title);
  await expect(board.check("Run 5 km")).toBeVisible();

  await ada.command({ type: "member.edit", board_id, member_id: bo.id, role: "viewer" });
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Add task to" })).toHaveCount(0);

  const list_id = list_ids["To do"] ?? "";
  await ada.command({ type: "task.create", board_id, list_id, task_id: crypto.randomUUID(), title: "Seen by a viewer", position: "a5" });
  await expect(board.task("Seen by a viewer")).toBeVisible();
});

test("a board goes from the screen of somebody who is removed while looking at it", async ({ nodes, openDevice }) => {
  const { title, id: board_id, ada, bo } = await sharedBoard(nodes, LISTS);
  const page = await openDevice("laptop", nodes[1]);
  await signIn(page, bo.person);
  const shell = new Shell(page);
  await shell.openBoard(title);

  await ada.command({ type: "member.remove", board_id, member_id: bo.id });
  await expect(page.getByText("This board is not yours to see")).toBeVisible();
  await expect(shell.places.getByRole("link", { name: title })).toHaveCount(0);
  await expect(new BoardScreen(page).task("Run 5 km")).toHaveCount(0);
});
