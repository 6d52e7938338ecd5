import { expect, type Page } from "@playwright/test";

import { DEMO_ADA } from "../account";
import { test } from "../devices";
import { signIn } from "../screens/accountScreens";
import { demoBoard, SIGNED_IN, SIGNED_OUT, type DemoBoard, type Stop } from "../tour";

/** The narrowest phone that is still in use, and the common one. */
const WIDTHS = [320, 360];

/** An iPhone zooms the page into a field with smaller letters. */
const LEAST_IN_FIELD_PX = 16;

/** What is written into on the screen in letters that are too small. */
function tooSmall(page: Page): Promise<string[]> {
  return page
    .locator("input:not([type=radio], [type=checkbox]):visible, textarea:visible, select:visible")
    .evaluateAll(
      (fields, least) =>
        fields.filter((field) => parseFloat(getComputedStyle(field).fontSize) < least).map((field) => field.outerHTML),
      LEAST_IN_FIELD_PX,
    );
}

async function walk(page: Page, stops: readonly Stop[], board: DemoBoard): Promise<void> {
  for (const { name, open } of stops) {
    await test.step(name, async () => {
      await open(page, board);
      expect.soft(await tooSmall(page), `fields of ${name}`).toEqual([]);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 740 });
        const reach = await page.evaluate(() => document.documentElement.scrollWidth);
        expect.soft(reach, `${name} at ${width} px`).toBeLessThanOrEqual(width);
      }
    });
  }
}

test("no screen scrolls sideways on a narrow phone, or zooms into a field", async ({ nodes, openDevice }) => {
  test.slow();
  const board = await demoBoard(nodes[1]);
  const page = await openDevice("phone", nodes[1], { reducedMotion: "reduce" });
  await walk(page, SIGNED_OUT, board);
  await signIn(page, DEMO_ADA);
  await walk(page, SIGNED_IN, board);
});
