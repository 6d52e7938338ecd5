import { expect } from "@playwright/test";

import { test } from "../devices";
import { sharedBoard } from "../furnish";
import { BoardScreen } from "../screens/BoardScreen";
import { Shell } from "../screens/Shell";
import { signIn } from "../screens/accountScreens";

test("what is done offline waits, and reaches everybody later", async ({ nodes, openDevice }) => {
  const { title, ada, bo } = await sharedBoard(nodes, { "To do": ["Run 5 km", "Buy shoes"], Done: [] });
  const phone = await openDevice("phone", nodes[1]);
  const browser = await openDevice("laptop", nodes[0]);
  await signIn(phone, ada.person);
  await signIn(browser, bo.person);
  await Promise.all([phone, browser].map((page) => new Shell(page).openBoard(title)));
  const here = new BoardScreen(phone);
  const there = new BoardScreen(browser);

  await phone.context().setOffline(true);
  await here.check("Run 5 km").click();
  await here.addTasks("To do", "Written in a tunnel");
  await expect(new Shell(phone).status("Offline, 2 changes waiting")).toBeVisible();
  await expect(here.check("Run 5 km")).toBeChecked();

  // Meanwhile, outside the tunnel.
  await there.addTasks("To do", "Written under the sky");
  await expect(there.check("Run 5 km")).not.toBeChecked();

  await phone.context().setOffline(false);
  await expect(new Shell(phone).status(/Offline|Reconnecting/)).toBeHidden();
  for (const board of [here, there]) {
    await expect(board.check("Run 5 km")).toBeChecked();
    await expect(board.task("Written in a tunnel")).toBeVisible();
    await expect(board.task("Written under the sky")).toBeVisible();
  }
});
