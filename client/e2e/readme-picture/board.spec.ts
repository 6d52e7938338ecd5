import { join } from "node:path";

import { expect } from "@playwright/test";

import { DEMO_ADA, DEMO_BO } from "../account";
import { test } from "../devices";
import { BoardScreen } from "../screens/BoardScreen";
import { Shell } from "../screens/Shell";
import { signIn } from "../screens/accountScreens";
import { stillness } from "../tour";

const PICTURE = join(import.meta.dirname, "..", "..", "..", "docs", "images", "board.png");

test("the README's picture: the demo's board with both of its people", async ({ nodes, openDevice }) => {
  const page = await openDevice("laptop", nodes[0], { colorScheme: "light", reducedMotion: "reduce" });
  const other = await openDevice("laptop", nodes[1]);
  await signIn(page, DEMO_ADA);
  await signIn(other, DEMO_BO);
  await new Shell(other).openBoard("Our year");
  await new Shell(page).openBoard("Our year");
  await expect(new BoardScreen(page).hereNow.getByRole("img", { name: "Bo Lindqvist" })).toBeVisible();
  await stillness(page);
  await page.screenshot({ path: PICTURE });
});
