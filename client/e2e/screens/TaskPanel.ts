import type { Locator, Page } from "@playwright/test";

/** A task opened beside its board: a panel on a desktop, a sheet on a phone. */
export class TaskPanel {
  readonly title: Locator;
  readonly notes: Locator;

  constructor(private readonly page: Page) {
    this.title = page.getByRole("textbox", { name: "Title", exact: true });
    this.notes = page.getByRole("textbox", { name: "Notes", exact: true });
  }

  async rename(title: string): Promise<void> {
    await this.title.fill(title);
    await this.title.press("Enter");
  }

  async note(text: string): Promise<void> {
    await this.notes.fill(text);
    await this.notes.blur();
  }

  async comment(text: string): Promise<void> {
    await this.page.getByRole("textbox", { name: "Comment" }).fill(text);
    await this.page.getByRole("button", { name: "Send" }).click();
  }

  /** What somebody said about the task. */
  said(text: string): Locator {
    return this.page.getByRole("listitem").filter({ hasText: text });
  }

  async close(): Promise<void> {
    await this.page.getByRole("button", { name: "Close", exact: true }).click();
  }
}
