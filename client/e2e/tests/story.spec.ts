import { expect, type Page } from "@playwright/test";

import { somebody } from "../account";
import { test } from "../devices";
import { BoardScreen } from "../screens/BoardScreen";
import { GoalScreen } from "../screens/GoalScreen";
import { ShareScreen } from "../screens/ShareScreen";
import { Shell } from "../screens/Shell";
import { TaskPanel } from "../screens/TaskPanel";
import { fillSignUp, signIn, signUp } from "../screens/accountScreens";

const BOARD = "Our spring";
const GOAL = "Run the half marathon";

test("Ada and Bo share a board: each change of any of their three devices is on all of them", async ({ nodes, openDevice }) => {
  test.slow();
  const ada = somebody("Ada");
  const bo = somebody("Bo");
  const laptop = await openDevice("laptop", nodes[0]);
  const phone = await openDevice("phone", nodes[1]);
  const browser = await openDevice("laptop", nodes[1]);
  const everyone: readonly Page[] = [laptop, phone, browser];
  const onAll = (check: (board: BoardScreen) => Promise<void>) => Promise.all(everyone.map((page) => check(new BoardScreen(page))));

  await test.step("Ada signs up and makes a board with tasks and a goal", async () => {
    await signUp(laptop, ada);
    await new Shell(laptop).makeBoard(BOARD);
    const board = new BoardScreen(laptop);
    await board.startLists();
    await board.addTasks("To do", "Run 5 km", "Buy shoes", "Book the race");
    await new GoalScreen(laptop).make(BOARD, { title: GOAL, keyResult: "Longest run", unit: "km", from: 5, to: 21 });
  });

  await test.step("Ada's phone, on the other node, shows what the laptop made", async () => {
    await signIn(phone, ada);
    await new Shell(phone).openBoard(BOARD);
    await expect(new BoardScreen(phone).task("Book the race")).toBeVisible();
  });

  await test.step("Bo, who has no account yet, opens Ada's link, signs up and joins", async () => {
    const link = await new ShareScreen(laptop).invite(BOARD);
    const { pathname, hash } = new URL(link);
    await browser.goto(`${nodes[1]}${pathname}${hash}`);
    await expect(browser.getByRole("heading", { name: BOARD })).toBeVisible();
    await browser.getByRole("link", { name: "Make an account and join" }).click();
    await fillSignUp(browser, bo);
    await browser.getByRole("button", { name: "Join as Bo" }).click();
    await expect(new BoardScreen(browser).task("Run 5 km")).toBeVisible();
  });

  await test.step("each sees who else is here", async () => {
    await new Shell(laptop).openBoard(BOARD);
    await expect(new BoardScreen(laptop).hereNow.getByRole("img", { name: "Bo" })).toBeVisible();
    await expect(new BoardScreen(browser).hereNow.getByRole("img", { name: "Ada" })).toBeVisible();
  });

  await test.step("a task that Bo adds is on all", async () => {
    await new BoardScreen(browser).addTasks("To do", "Stretch for ten minutes");
    await onAll((board) => expect(board.task("Stretch for ten minutes")).toBeVisible());
  });

  await test.step("a tick on the phone is on all, and so is its taking back", async () => {
    await new BoardScreen(phone).check("Run 5 km").click();
    await onAll((board) => expect(board.check("Run 5 km")).toBeChecked());
    await new BoardScreen(browser).check("Run 5 km").click();
    await onAll((board) => expect(board.check("Run 5 km")).not.toBeChecked());
  });

  await test.step("a new title from the laptop is on all, also in a panel that stands open", async () => {
    await new BoardScreen(browser).openTask("Buy shoes");
    await new BoardScreen(laptop).openTask("Buy shoes");
    await new TaskPanel(laptop).rename("Buy trail shoes");
    await expect(new TaskPanel(browser).title).toHaveValue("Buy trail shoes");
    await onAll((board) => expect(board.task("Buy trail shoes")).toBeVisible());
  });

  await test.step("what Bo says about the task is there while Ada reads it", async () => {
    await new TaskPanel(browser).comment("Mine lasted 800 km.");
    await expect(new TaskPanel(laptop).said("Mine lasted 800 km.")).toBeVisible();
    await new BoardScreen(phone).openTask("Buy trail shoes");
    await expect(new TaskPanel(phone).said("Mine lasted 800 km.")).toBeVisible();
    await Promise.all(everyone.map((page) => new TaskPanel(page).close()));
  });

  await test.step("a task that the phone moves to another list is there on all", async () => {
    await new BoardScreen(phone).moveTask("Book the race", "Doing");
    await onAll((board) => expect(board.list("Doing").getByRole("link", { name: "Book the race" })).toBeVisible());
    await onAll((board) => expect(board.list("To do").getByRole("link", { name: "Book the race" })).toHaveCount(0));
  });

  await test.step("a check-in of Bo moves the goal on all", async () => {
    await Promise.all(everyone.map((page) => new GoalScreen(page).open(BOARD, GOAL)));
    await new GoalScreen(browser).checkIn("Longest run", 13);
    await Promise.all(everyone.map((page) => expect(new GoalScreen(page).progress).toHaveAttribute("aria-valuenow", "50")));
  });

  await test.step("a reload keeps all of it", async () => {
    await Promise.all(everyone.map((page) => page.reload()));
    await Promise.all(everyone.map((page) => expect(new GoalScreen(page).progress).toHaveAttribute("aria-valuenow", "50")));
    await Promise.all(everyone.map((page) => new Shell(page).openBoard(BOARD)));
    await onAll(async (board) => {
      await expect(board.task("Buy trail shoes")).toBeVisible();
      await expect(board.list("Doing").getByRole("link", { name: "Book the race" })).toBeVisible();
      await expect(board.check("Run 5 km")).not.toBeChecked();
    });
  });
});
