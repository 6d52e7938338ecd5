import { join } from "node:path";

import { expect, test, type Page } from "@playwright/test";

import type { Kind } from "../devices";
import { Shell } from "../screens/Shell";
import { stillness, type DemoBoard, type Stop } from "../tour";

const FOLDER = join(import.meta.dirname, "..", "..", "screenshots");

export const PICTURED: readonly Kind[] = ["phone", "tablet", "laptop"];

/** What is on the screen, in both themes, as `screenshots/STATE/NAME-WIDTH-THEME.png`. */
export async function takePictures(page: Page, state: string, name: string): Promise<void> {
  const width = page.viewportSize()?.width ?? 0;
  // All boards are here, and the connection's line is about this state, not about having just come.
  await page.waitForLoadState("networkidle");
  await expect(new Shell(page).status("Reconnecting")).toBeHidden();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await stillness(page);
    await page.screenshot({ path: join(FOLDER, state, `${name}-${width}-${colorScheme}.png`) });
  }
}

export async function pictureAll(page: Page, state: string, stops: readonly Stop[], board: DemoBoard): Promise<void> {
  for (const stop of stops) {
    await test.step(stop.name, async () => {
      await stop.open(page, board);
      await takePictures(page, state, stop.name);
    });
  }
}
