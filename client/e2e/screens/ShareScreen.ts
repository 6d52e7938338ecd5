import type { Page } from "@playwright/test";

import { Shell } from "./Shell";

/** Who belongs to a board, and how others get in. */
export class ShareScreen {
  constructor(private readonly page: Page) {}

  /** Makes an open invitation and returns its link. */
  async invite(board: string): Promise<string> {
    await new Shell(this.page).openBoard(board);
    await this.page.getByRole("link", { name: "Share", exact: true }).click();
    const sheet = this.page.getByRole("dialog", { name: "Share" });
    await sheet.getByRole("button", { name: "Make link" }).click();
    const link = await sheet.getByRole("textbox", { name: "Invitation link" }).inputValue();
    await sheet.getByRole("button", { name: "Close" }).click();
    return link;
  }
}
