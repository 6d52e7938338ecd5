import { expect } from "@playwright/test";

import { DEMO_ADA, somebody } from "../account";
import { test } from "../devices";
import { sharedBoard } from "../furnish";
import { BoardScreen } from "../screens/BoardScreen";
import { Shell } from "../screens/Shell";
import { signIn, signUp } from "../screens/accountScreens";
import { demoBoard, SIGNED_IN, SIGNED_OUT, type DemoBoard } from "../tour";
import { fullBoard } from "./fullBoard";
import { pictureAll, PICTURED, takePictures } from "./gallery";

const LISTS = { "To do": ["Run 5 km", "Buy shoes", "Book the race"], Doing: ["Read the plan"], Done: [] };
/** Of the tour's screens, those that show a board's title or tasks without being about the demo. */
const ALSO_FULL = ["today", "palette", "boards"];

for (const kind of PICTURED) {
  test(`every screen with the demo, ${kind}`, async ({ nodes, openDevice }) => {
    const board = await demoBoard(nodes[0]);
    const page = await openDevice(kind, nodes[0], { reducedMotion: "reduce" });
    await pictureAll(page, "demo", SIGNED_OUT, board);
    await signIn(page, DEMO_ADA);
    await pictureAll(page, "demo", SIGNED_IN, board);
  });

  test(`empty screens, ${kind}`, async ({ nodes, openDevice }) => {
    const page = await openDevice(kind, nodes[0], { reducedMotion: "reduce" });
    await signUp(page, somebody("Ada"));
    for (const name of ["today", "boards", "goals", "settings"]) {
      await page.goto(`/${name}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await takePictures(page, "empty", name);
    }
    await page.goto("/boards");
    await page.getByRole("button", { name: "New board" }).last().click();
    const dialog = page.getByRole("dialog", { name: "New board" });
    await takePictures(page, "empty", "new-board");
    await dialog.getByRole("textbox").fill("Our spring");
    await dialog.getByRole("button", { name: "Make board" }).click();
    await expect(page.getByRole("button", { name: "Start with To do, Doing, Done" })).toBeVisible();
    await takePictures(page, "empty", "board");
    await new BoardScreen(page).startLists();
    await takePictures(page, "empty", "lists");
    const at = page.url();
    for (const name of ["goals", "trash", "share"]) {
      await page.goto(`${at}/${name}`);
      await expect(page.getByRole("heading", { name: /Goals|Trash|Share/ })).toBeVisible();
      await takePictures(page, "empty", `board-${name}`);
    }
  });

  test(`full screens, ${kind}`, async ({ nodes, openDevice }) => {
    const { id, title, owner, goalTitle } = await fullBoard(nodes[0]);
    const board: DemoBoard = { id, title, invitation: "" };
    const page = await openDevice(kind, nodes[0], { reducedMotion: "reduce" });
    await signIn(page, owner.person);
    await page.goto(`/boards/${id}`);
    await expect(page.getByRole("article").first()).toBeVisible();
    await takePictures(page, "full", "board");
    await page.getByRole("article").first().getByRole("link").click();
    await expect(page.getByRole("textbox", { name: "Title", exact: true })).toBeVisible();
    await takePictures(page, "full", "task");
    await page.goto(`/boards/${id}/goals`);
    await expect(page.getByRole("link", { name: goalTitle })).toBeVisible();
    await takePictures(page, "full", "goals");
    await pictureAll(page, "full", SIGNED_IN.filter(({ name }) => ALSO_FULL.includes(name)), board);
    await page.evaluate((key) => localStorage.setItem(key, "rows"), `lockstep.view.${id}`);
    await page.goto(`/boards/${id}`);
    await expect(page.getByRole("link", { name: /Order the new/ }).first()).toBeVisible();
    await takePictures(page, "full", "board-rows");
  });

  test(`a form under way, ${kind}`, async ({ nodes, openDevice }) => {
    const page = await openDevice(kind, nodes[0], { reducedMotion: "reduce" });
    let answer: () => void = () => undefined;
    await page.route("**/api/session", async (route) => {
      await new Promise<void>((resolve) => (answer = resolve));
      await route.continue();
    });
    await page.goto("/sign-in");
    await takePictures(page, "under-way", "not-yet");
    await page.getByRole("textbox", { name: "E-mail" }).fill("ada@example.org");
    await page.getByLabel("Password", { exact: true }).fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).press("Enter");
    await expect(page.getByRole("button", { name: "Sign in" })).toHaveAttribute("aria-busy", "true");
    await takePictures(page, "under-way", "sent");
    answer();
    await expect(page.getByRole("alert")).toBeVisible();
    await takePictures(page, "under-way", "refused");
  });

  test(`offline and refused, ${kind}`, async ({ nodes, openDevice }) => {
    const { title, id: board_id, ada, bo } = await sharedBoard(nodes, LISTS);
    const page = await openDevice(kind, nodes[0], { reducedMotion: "reduce" });
    await signIn(page, bo.person);
    const shell = new Shell(page);
    const board = new BoardScreen(page);
    await shell.openBoard(title);
    await page.context().setOffline(true);
    await board.check("Run 5 km").click();
    await board.addTasks("To do", "Stretch for ten minutes");
    await expect(shell.status("Offline, 2 changes waiting")).toBeVisible();
    await takePictures(page, "offline", "board");
    await page.getByRole("link", { name: "Today" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
    await takePictures(page, "offline", "today");
    await shell.openBoard(title);
    await ada.command({ type: "member.edit", board_id, member_id: bo.id, role: "viewer" });
    await page.context().setOffline(false);
    await expect(shell.refusals).toBeVisible();
    await takePictures(page, "refused", "board");
    await ada.command({ type: "member.remove", board_id, member_id: bo.id });
    await expect(page.getByText("This board is not yours to see")).toBeVisible();
    await takePictures(page, "refused", "board-gone");
  });
}
