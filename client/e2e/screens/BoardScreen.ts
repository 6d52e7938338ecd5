import { expect, type Locator, type Page } from "@playwright/test";

import { centerOf, type Finger } from "../pointer";

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

  /** Carries a card with the mouse to a little above or below another one's middle. */
  async carry(title: string, to: { task: string; below?: boolean }): Promise<void> {
    const { mouse } = this.page;
    const from = await centerOf(this.task(title));
    const { x, y } = await centerOf(this.task(to.task));
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(from.x + 10, from.y, { steps: 2 });
    await expect(this.ghost).toContainText(title);
    await mouse.move(x, y + (to.below === true ? 12 : -12), { steps: 8 });
    await expect(this.line).toBeVisible();
    await mouse.up();
    await expect(this.ghost).toBeHidden();
  }

  /** Rests a finger on a card until it is lifted. */
  async liftBy(finger: Finger, title: string): Promise<void> {
    await finger.press(await centerOf(this.task(title)));
    await expect(this.ghost).toContainText(title);
  }

  /** What follows the pointer. */
  get ghost(): Locator {
    return this.page.locator("[data-drag-ghost]");
  }

  /** Says where it would land. */
  get line(): Locator {
    return this.page.locator("[data-drop-line]");
  }

  async openTask(title: string): Promise<void> {
    await this.task(title).getByRole("link", { name: title, exact: true }).click();
  }

  /** The others who look at the board now. */
  get hereNow(): Locator {
    return this.page.getByRole("list", { name: "Here now" });
  }
}
