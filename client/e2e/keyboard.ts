import { expect, type Locator, type Page } from "@playwright/test";

/** More stops than any screen of a small board has. */
const MOST_STOPS = 80;

/** Presses Tab until the focus is there, as somebody without a mouse does. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(target, "Tab does not lead here").toBeFocused();
}
