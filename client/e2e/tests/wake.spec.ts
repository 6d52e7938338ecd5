import { expect } from "@playwright/test";

import { test } from "../devices";
import { sharedBoard } from "../furnish";
import { untilBoardKept } from "../kept";
import { BoardScreen } from "../screens/BoardScreen";
import { Shell } from "../screens/Shell";
import { signIn } from "../screens/accountScreens";

test("after a night's sleep, with a token that has ended and a server that stumbles twice, the board catches up from where it was", async ({
  nodes,
  openDevice,
}) => {
  const { title, ada, bo } = await sharedBoard(nodes, { "To do": ["Run 5 km"], Done: [] });
  const laptop = await openDevice("laptop", nodes[0]);
  const friend = await openDevice("laptop", nodes[1]);
  await laptop.clock.install();
  // The network forgets a socket that sleeps: it looks open, and nothing comes on it any more.
  let sockets = 0;
  let isForgotten = false;
  await laptop.routeWebSocket(/\/ws$/, (here) => {
    const number = (sockets += 1);
    const server = here.connectToServer();
    server.onMessage((message) => {
      if (number > 1 || !isForgotten) here.send(message);
    });
  });
  await Promise.all([signIn(laptop, ada.person), signIn(friend, bo.person)]);
  await Promise.all([laptop, friend].map((page) => new Shell(page).openBoard(title)));
  await expect(new Shell(laptop).status("Saved")).toBeVisible();

  let stumbles = 0;
  await laptop.route("**/api/session/refresh", (route) => (stumbles++ < 2 ? route.fulfill({ status: 500, body: "{}" }) : route.fallback()));
  const snapshots: string[] = [];
  laptop.on("request", (request) => {
    if (request.url().endsWith("/snapshot")) snapshots.push(request.url());
  });
  isForgotten = true;
  await new BoardScreen(friend).addTasks("To do", "Early in the morning");
  await laptop.clock.fastForward("08:00:00");

  await expect(new BoardScreen(laptop).task("Early in the morning")).toBeVisible();
  await expect(new Shell(laptop).status("Saved")).toBeVisible();
  expect(stumbles).toBeGreaterThan(2);
  expect(sockets).toBeGreaterThan(1);
  expect(snapshots).toEqual([]);
});

test("a hotel's network that answers for the server signs nobody out, and is said to be no connection", async ({ nodes, openDevice }) => {
  const { title, id, ada } = await sharedBoard(nodes, { "To do": ["Run 5 km"], Done: [] });
  const laptop = await openDevice("laptop", nodes[0]);
  await signIn(laptop, ada.person);
  await new Shell(laptop).openBoard(title);
  await expect(new Shell(laptop).status("Saved")).toBeVisible();
  await untilBoardKept(laptop, id, 1);
  const board = new BoardScreen(laptop);

  for (const status of [200, 401, 511]) {
    const body = "<html>Please accept our terms.</html>";
    await laptop.route("**/api/**", (route) => route.fulfill({ status, contentType: "text/html", body }));
    await laptop.reload();
    await expect(board.task("Run 5 km")).toBeVisible();
    await expect(new Shell(laptop).status("Reconnecting")).toBeVisible();
    await laptop.unrouteAll();
    await new Shell(laptop).tryNow();
    await expect(new Shell(laptop).status("Saved")).toBeVisible();
  }
});
