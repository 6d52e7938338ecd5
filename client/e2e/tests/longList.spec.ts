import { expect } from "@playwright/test";

import { test } from "../devices";
import { sharedBoard } from "../furnish";
import { BoardScreen } from "../screens/BoardScreen";
import { Shell } from "../screens/Shell";
import { signIn } from "../screens/accountScreens";

test("a long list shows its tasks at both ends, takes one more, and lets it be carried from the one to the other", async ({ nodes, openDevice }) => {
  const tasks = Array.from({ length: 130 }, (_, index) => `Task ${index + 1}`);
  const { title, ada } = await sharedBoard(nodes, { "To do": tasks });
  const page = await openDevice("laptop", nodes[0]);
  await signIn(page, ada.person);
  await new Shell(page).openBoard(title);
  const board = new BoardScreen(page);
  await expect(board.task("Task 1")).toBeVisible();
  await board.addTasks("To do", "One more");
  await expect(board.task("Task 130")).toBeVisible();

  // On its way the card is scrolled out of sight, and with it out of what is drawn.
  await board.carryUp("One more", "Task 1");
  await expect(board.list("To do").getByRole("article").first()).toContainText("One more");
  await expect(new Shell(page).status("Saved")).toBeVisible();
  await expect(new Shell(page).refusals).toBeHidden();
});
