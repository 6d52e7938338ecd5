import { expect, type Locator, type Page } from "@playwright/test";

/** A board as lists side by side; on a phone one list at a time. */
export class BoardScreen {
  constructor(private readonly page: Page) {}

  list(title: string): Locator {
    return this.page.getByRole("region", { name: title });
  }

  /** The card of a task, in whatever list it stands. */
  task(title: string): Locator {
    return this.page.getByRole("article").filter({ has: this.page.getByRole("link", { name: title, exact: true }) });
  }

  check(title: string): Locator {
    return this.task(title).getByRole("checkbox");
  }

  async startLists(): Promise<void> {
    await this.page.getByRole("button", { name: "Start with To do, Doing, Done" }).click();
    await expect(this.list("Done")).toBeVisible();
  }

  async addTasks(list: string, ...titles: string[]): Promise<void> {
    await this.list(list).getByRole("button", { name: "Add task" }).click();
    const field = this.list(list).getByRole("textbox", { name: `New task in ${list}` });
    for (const title of titles) {
      await field.fill(title);
      await field.press("Enter");
      await expect(this.task(title)).toBeVisible();
    }
    await field.press("Escape");
  }

  async moveTask(title: string, toList: string): Promise<void> {
    await this.task(title).getByRole("button", { name: "Actions for" }).click();
    await this.page.getByRole("menuitem", { name: "Move to list" }).click();
    await this.page.getByRole("dialog", { name: "Move to list" }).getByRole("radio", { name: toList }).click();
  }

  async openTask(title: string): Promise<void> {
    await this.task(title).getByRole("link", { name: title, exact: true }).click();
  }

  /** The others who look at the board now. */
  get hereNow(): Locator {
    return this.page.getByRole("list", { name: "Here now" });
  }
}
