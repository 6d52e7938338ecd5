import { expect } from "@playwright/test";

import { test } from "../devices";
import { sharedBoard } from "../furnish";
import { Shell } from "../screens/Shell";
import { signIn } from "../screens/accountScreens";

test("my devices say whether my phone is up to date", async ({ nodes, openDevice }) => {
  const { title, id: board_id, list_ids, ada, bo } = await sharedBoard(nodes, { "To do": ["Run 5 km"] });
  const phone = await openDevice("phone", nodes[1]);
  const laptop = await openDevice("laptop", nodes[0]);
  await signIn(phone, ada.person);
  await signIn(laptop, ada.person);
  await new Shell(phone).openBoard(title);

  await laptop.goto("/settings");
  const devices = laptop.getByRole("region", { name: "My devices" }).or(laptop.locator("section", { hasText: "My devices" })).first();
  const other = devices.getByRole("listitem").filter({ has: laptop.getByRole("button", { name: "Sign out" }), hasText: "Up to date" });
  await expect(other).toHaveCount(1, { timeout: 40_000 });

  await phone.context().setOffline(true);
  for (const one of ["Buy shoes", "Stretch"]) {
    await bo.command({ type: "task.create", board_id, list_id: list_ids["To do"] ?? "", task_id: crypto.randomUUID(), title: one, position: "a9" });
  }
  const behind = devices.getByRole("listitem").filter({ hasText: "2 changes behind" });
  await expect(behind).toHaveCount(1, { timeout: 40_000 });
  await phone.context().setOffline(false);
  await expect(behind).toHaveCount(0, { timeout: 40_000 });
});
