import { expect } from "@playwright/test";

import { test } from "../devices";
import { sharedBoard } from "../furnish";
import { untilApplicationKept, untilBoardKept } from "../kept";
import { BoardScreen } from "../screens/BoardScreen";
import { Shell } from "../screens/Shell";
import { signIn } from "../screens/accountScreens";

test("after one visit the application starts without a network, and what is done then reaches everybody later", async ({
  nodes,
  openDevice,
}) => {
  const { title, id, ada, bo } = await sharedBoard(nodes, { "To do": ["Run 5 km", "Buy shoes"], Done: [] });
  const phone = await openDevice("phone", nodes[1], { serviceWorkers: "allow" });
  const browser = await openDevice("laptop", nodes[0]);
  await signIn(phone, ada.person);
  await signIn(browser, bo.person);
  await Promise.all([phone, browser].map((page) => new Shell(page).openBoard(title)));
  const here = new BoardScreen(phone);
  const there = new BoardScreen(browser);
  await expect(here.task("Buy shoes")).toBeVisible();
  await Promise.all([untilApplicationKept(phone), untilBoardKept(phone, id, 2)]);

  await phone.context().setOffline(true);
  await phone.reload();
  await here.check("Run 5 km").click();
  await here.addTasks("To do", "Written in a tunnel");
  await expect(new Shell(phone).status("Offline, 2 changes waiting")).toBeVisible();

  await phone.reload();
  await expect(here.check("Run 5 km")).toBeChecked();
  await expect(here.task("Written in a tunnel")).toBeVisible();
  await expect(new Shell(phone).status("Offline, 2 changes waiting")).toBeVisible();
  // A screen that has not been open before.
  await phone.goto("/goals");
  await expect(phone.getByRole("heading", { level: 1, name: "Goals" })).toBeVisible();

  await phone.context().setOffline(false);
  await expect(there.check("Run 5 km")).toBeChecked();
  await expect(there.task("Written in a tunnel")).toBeVisible();
});

test("a board that this device knows opens before the server has said a word", async ({ nodes, openDevice }) => {
  const { title, id, ada } = await sharedBoard(nodes, { "To do": ["Run 5 km"], Done: [] });
  const laptop = await openDevice("laptop", nodes[0]);
  await signIn(laptop, ada.person);
  await new Shell(laptop).openBoard(title);
  const board = new BoardScreen(laptop);
  await expect(board.task("Run 5 km")).toBeVisible();
  await expect(new Shell(laptop).status("Saved")).toBeVisible();
  await untilBoardKept(laptop, id, 1);

  // Every question to the server stays without an answer.
  await laptop.route("**/api/**", () => undefined);
  await laptop.reload();
  await board.check("Run 5 km").click();
  await expect(board.check("Run 5 km")).toBeChecked();
  await expect(new Shell(laptop).status("Reconnecting, 1 change waiting")).toBeVisible();

  // Then the session can't be renewed for a while.
  await laptop.unrouteAll({ behavior: "ignoreErrors" });
  let refused = 0;
  await laptop.route("**/api/session/refresh", (route) => (refused++ < 2 ? route.fulfill({ status: 500, body: "{}" }) : route.fallback()));
  await laptop.reload();
  await expect(board.check("Run 5 km")).toBeChecked();
  await expect(new Shell(laptop).status("Saved")).toBeVisible();
  expect(refused).toBeGreaterThan(2);
});
