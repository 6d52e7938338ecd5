import { expect } from "@playwright/test";

import { test } from "../devices";
import { addGoal, sharedBoard } from "../furnish";
import { tabTo } from "../keyboard";
import { BoardScreen } from "../screens/BoardScreen";
import { GoalScreen } from "../screens/GoalScreen";
import { TaskPanel } from "../screens/TaskPanel";

test("a day's work needs no mouse", async ({ nodes, openDevice }) => {
  const { title, id, ada } = await sharedBoard(nodes, { "To do": ["Buy shoes", "Book the race"], Doing: [], Done: [] });
  await addGoal(ada, id, { title: "Run the half marathon", keyResult: "Longest run", unit: "km", from: 5, to: 21 });
  const page = await openDevice("laptop", nodes[0]);
  const keys = page.keyboard;
  const board = new BoardScreen(page);
  const row = (name: string) => board.task(name).getByRole("link", { name, exact: true });

  await test.step("signing in", async () => {
    await page.goto("/sign-in");
    await expect(page.getByRole("textbox", { name: "E-mail" })).toBeFocused();
    await keys.type(ada.person.email);
    await tabTo(page, page.getByLabel("Password", { exact: true }));
    await keys.type(ada.person.password);
    await keys.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
  });

  await test.step("adding a task in plain language", async () => {
    await keys.press("q");
    await expect(page.getByLabel("New task")).toBeFocused();
    await keys.type(`Run 5 km #${title} tomorrow p1`);
    await keys.press("Enter");
    await expect(page.getByText(`Added to ${title}`)).toBeVisible();
  });

  await test.step("opening the board from the palette", async () => {
    await keys.press("Control+k");
    await expect(page.getByLabel("Find a task, goal, board or action")).toBeFocused();
    await keys.type(title);
    await keys.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expect(board.task("Run 5 km")).toContainText("Tomorrow");
    await expect(board.task("Run 5 km")).toContainText("P1");
  });

  await test.step("completing", async () => {
    await tabTo(page, row("Buy shoes"));
    await keys.press("c");
    await expect(board.check("Buy shoes")).toBeChecked();
  });

  await test.step("opening the next task and going back to its row", async () => {
    await expect(row("Book the race")).toBeFocused();
    await keys.press("Enter");
    await expect(page.getByRole("complementary", { name: "Task: Book the race" })).toBeFocused();
    await keys.press("Escape");
    await expect(row("Book the race")).toBeFocused();
  });

  await test.step("giving it another title", async () => {
    await keys.press("e");
    await expect(new TaskPanel(page).title).toBeFocused();
    await keys.press("End");
    await keys.type(" in June");
    await keys.press("Enter");
    await keys.press("Escape");
    await expect(new TaskPanel(page).title).toHaveCount(0);
    await expect(row("Book the race in June")).toBeFocused();
  });

  await test.step("moving to another list from the list of lists", async () => {
    await keys.press("m");
    await tabTo(page, page.getByRole("dialog", { name: "Move to list" }).getByRole("radio", { name: "Doing" }));
    await keys.press("Enter");
    await expect(board.list("Doing").getByRole("link", { name: "Book the race in June" })).toBeVisible();
  });

  await test.step("carrying a card to another list with the arrows", async () => {
    await tabTo(page, row("Run 5 km"));
    await keys.press("Space");
    await keys.press("ArrowRight");
    await keys.press("Space");
    await expect(board.list("Doing").getByRole("link", { name: "Run 5 km" })).toBeVisible();
    await expect(row("Run 5 km")).toBeFocused();
  });

  await test.step("checking in on a goal", async () => {
    await keys.type("gg");
    await expect(page.getByRole("heading", { level: 1, name: "Goals" })).toBeVisible();
    await tabTo(page, page.getByRole("link", { name: "Run the half marathon" }));
    await keys.press("Enter");
    await tabTo(page, page.getByRole("button", { name: "Check in: Longest run" }));
    await keys.press("Enter");
    await expect(page.getByRole("dialog", { name: "Check in" }).getByRole("textbox", { name: "Longest run" })).toBeFocused();
    await keys.type("13");
    await keys.press("Enter");
    await expect(new GoalScreen(page).progress).toHaveAttribute("aria-valuenow", "50");
  });
});
