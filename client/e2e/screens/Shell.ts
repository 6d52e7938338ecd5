import { expect, type Locator, type Page } from "@playwright/test";

/** For a press on what is there; longer only if it keeps going away. */
const PRESS_MS = 3_000;

/** The frame around every screen of somebody who is signed in. */
export class Shell {
  readonly places: Locator;
  /** What was asked and not done, and why. */
  readonly refusals: Locator;
  /** What was replaced by somebody who had not seen it. */
  readonly lostValues: Locator;

  constructor(private readonly page: Page) {
    this.places = page.getByRole("navigation", { name: "Places" });
    this.lostValues = page.getByRole("region", { name: "Values that were replaced" });
    this.refusals = page.getByRole("region", { name: "Changes that were not made" });
  }

  /** The line that says where my changes are: in the rail, or above the page where there is no room for it. */
  status(words: string | RegExp): Locator {
    return this.page.getByRole("status").filter({ hasText: words, visible: true }).first();
  }

  /** Doesn't wait for the next attempt to connect, unless that comes first and takes the button away. */
  async tryNow(): Promise<void> {
    await this.page
      .getByRole("button", { name: "Try now" })
      .click({ timeout: PRESS_MS })
      .catch(() => this.status("Saved").waitFor());
  }

  async makeBoard(title: string): Promise<void> {
    await this.places.getByRole("button", { name: "New board" }).click();
    const dialog = this.page.getByRole("dialog", { name: "New board" });
    await dialog.getByRole("textbox").fill(title);
    await dialog.getByRole("button", { name: "Make board" }).click();
    await expect(this.page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  }

  /** Opens a board by its name: from the rail, or where there is none from the list of boards. */
  async openBoard(title: string): Promise<void> {
    const boards = this.places.getByRole("link", { name: "Boards" });
    if (await boards.isVisible()) {
      await boards.click();
      await this.page.getByRole("main").getByRole("link", { name: title }).click();
    } else {
      await this.places.getByRole("link", { name: title }).click();
    }
    await expect(this.page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  }
}
