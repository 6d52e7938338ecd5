import { expect, type Locator, type Page } from "@playwright/test";

async function centerOf(target: Locator): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = (await target.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  return { x: x + width / 2, y: y + height / 2 };
}

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

  /** Carries a card with the mouse to the beginning of its list, where `first` stands, turning the wheel on the way. */
  async carryUp(title: string, first: string): Promise<void> {
    const { mouse } = this.page;
    const from = await centerOf(this.task(title));
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(from.x, from.y - 40, { steps: 4 });
    await mouse.wheel(0, -100_000);
    await expect(this.task(first)).toBeInViewport();
    const to = await centerOf(this.task(first));
    await mouse.move(to.x, to.y - 12, { steps: 4 });
    await mouse.up();
  }

  async openTask(title: string): Promise<void> {
    await this.task(title).getByRole("link", { name: title, exact: true }).click();
  }

  /** The others who look at the board now. */
  get hereNow(): Locator {
    return this.page.getByRole("list", { name: "Here now" });
  }
}
