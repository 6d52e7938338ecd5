import { expect } from "@playwright/test";

import { test } from "../devices";
import { sharedBoard } from "../furnish";
import { BoardScreen } from "../screens/BoardScreen";
import { Shell } from "../screens/Shell";
import { TaskPanel } from "../screens/TaskPanel";
import { signIn } from "../screens/accountScreens";

test("who comes back is offered what others did meanwhile, and is led to it", async ({ nodes, openDevice }) => {
  const { title, id: board_id, list_ids, ada, bo } = await sharedBoard(nodes, { "To do": ["Run 5 km", "Buy shoes"], Done: [] });
  const page = await openDevice("phone", nodes[1]);
  await signIn(page, ada.person);
  await new Shell(page).openBoard(title);
  const board = new BoardScreen(page);
  await board.openTask("Run 5 km");
  await expect(new TaskPanel(page).title).toBeVisible();
  const task_id = new URL(page.url()).searchParams.get("task")?.split(".")[1] ?? "";
  await new TaskPanel(page).close();
  const address = page.url();
  const away = page.getByRole("region", { name: "While you were away" });
  await expect(away).toBeHidden();

  await page.goto("about:blank");
  await bo.command({ type: "task.edit", board_id, task_id, notes: "By the river" });
  await bo.command({ type: "task.edit", board_id, task_id, notes: "By the river, then home" });
  await bo.command({ type: "task.complete", board_id, task_id });
  await bo.command({ type: "task.create", board_id, list_id: list_ids["To do"] ?? "", task_id: crypto.randomUUID(), title: "Stretch", position: "a9" });
  await ada.command({ type: "task.create", board_id, list_id: list_ids["To do"] ?? "", task_id: crypto.randomUUID(), title: "Mine", position: "aA" });

  await page.goto(address);
  await expect(away).toContainText("2 things by Bo");
  await away.getByRole("button", { name: "While you were away" }).click();
  await expect(away.getByRole("listitem")).toHaveText([/Bo added Stretch/, /Bo completed and changed the notes of Run 5 km/]);
  await away.getByRole("link", { name: "Run 5 km" }).click();
  await expect(new TaskPanel(page).title).toHaveValue("Run 5 km");
  await new TaskPanel(page).close();
  await away.getByRole("button", { name: "Dismiss" }).click();
  await expect(away).toBeHidden();

  // What was offered once is not offered again.
  await page.reload();
  await expect(board.task("Stretch")).toBeVisible();
  await expect(new Shell(page).status(/Offline|Reconnecting/)).toBeHidden();
  await expect(away).toBeHidden();
});
