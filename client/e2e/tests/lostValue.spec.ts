import { expect } from "@playwright/test";

import { test } from "../devices";
import { sharedBoard } from "../furnish";
import { BoardScreen } from "../screens/BoardScreen";
import { Shell } from "../screens/Shell";
import { TaskPanel } from "../screens/TaskPanel";
import { signIn } from "../screens/accountScreens";

test("two write the same title without a connection: both end equal, the one who lost is told, and one press restores", async ({
  nodes,
  openDevice,
}) => {
  const { title, id, ada, bo } = await sharedBoard(nodes, { "To do": ["Run 5 km"] });
  const phone = await openDevice("phone", nodes[1]);
  const laptop = await openDevice("laptop", nodes[0]);
  await signIn(phone, ada.person);
  await signIn(laptop, bo.person);
  for (const page of [phone, laptop]) {
    await new Shell(page).openBoard(title);
    await new BoardScreen(page).openTask("Run 5 km");
    await expect(new TaskPanel(page).title).toBeVisible();
  }
  await phone.context().setOffline(true);
  await laptop.context().setOffline(true);
  await new TaskPanel(phone).rename("Run 10 km");
  await new TaskPanel(laptop).rename("Walk 5 km");

  await phone.context().setOffline(false);
  // The laptop's is the last only if the phone's is done.
  await expect.poll(async () => (await ada.tasks(id)).map((task) => task.title)).toEqual(["Run 10 km"]);
  await laptop.context().setOffline(false);
  for (const page of [phone, laptop]) {
    await expect(new TaskPanel(page).title).toHaveValue("Walk 5 km");
  }

  await new TaskPanel(phone).close();
  const told = new Shell(phone).lostValues;
  await expect(told).toContainText("Bo changed the title");
  await expect(told).toContainText("Run 10 km");
  await expect(new Shell(laptop).lostValues).toContainText("replaced Ada’s");

  // It was found while nobody may have looked: a reload does not take it away.
  await phone.reload();
  await told.getByRole("button", { name: "Restore mine" }).click();
  await expect(told).toBeHidden();
  await expect(new BoardScreen(phone).task("Run 10 km")).toBeVisible();
  await expect(new TaskPanel(laptop).title).toHaveValue("Run 10 km");
});

test("edits of different fields meet, and nobody is bothered", async ({ nodes, openDevice }) => {
  const { title, ada, bo } = await sharedBoard(nodes, { "To do": ["Run 5 km"] });
  const [hers, his] = [await openDevice("laptop", nodes[1]), await openDevice("laptop", nodes[0])];
  await signIn(hers, ada.person);
  await signIn(his, bo.person);
  for (const page of [hers, his]) {
    await new Shell(page).openBoard(title);
    await new BoardScreen(page).openTask("Run 5 km");
    await expect(new TaskPanel(page).title).toBeVisible();
    await page.context().setOffline(true);
  }
  await new TaskPanel(hers).rename("Run 10 km");
  await new TaskPanel(his).note("By the river");
  for (const page of [hers, his]) {
    await page.context().setOffline(false);
  }
  for (const page of [hers, his]) {
    await expect(new TaskPanel(page).title).toHaveValue("Run 10 km");
    await expect(new TaskPanel(page).notes).toHaveValue("By the river");
    await expect(new Shell(page).lostValues).toBeHidden();
  }
});

test("what is being typed stays, and what somebody else wrote meanwhile is offered", async ({ nodes, openDevice }) => {
  const { title, id: board_id, ada, bo } = await sharedBoard(nodes, { "To do": ["Run 5 km"] });
  const page = await openDevice("laptop", nodes[0]);
  await signIn(page, ada.person);
  await new Shell(page).openBoard(title);
  await new BoardScreen(page).openTask("Run 5 km");
  const panel = new TaskPanel(page);
  await panel.title.fill("Run 10 k");
  await expect(panel.title).toHaveValue("Run 10 k");
  const task_id = new URL(page.url()).searchParams.get("task")?.split(".")[1] ?? "";
  await bo.command({ type: "task.edit", board_id, task_id, title: "Walk 5 km" });
  await panel.title.press("End");
  await panel.title.pressSequentially("m in the morning", { delay: 100 });
  await expect(panel.title).toHaveValue("Run 10 km in the morning");
  await panel.title.press("Enter");
  await expect(new Shell(page).lostValues.or(page.getByText("Walk 5 km")).first()).toContainText("Walk 5 km");
});
