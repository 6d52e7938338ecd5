import { expect, type Locator, type Page } from "@playwright/test";

import type { NewGoal } from "../furnish";
import { Shell } from "./Shell";

/** One goal with its key results, and the way to it. */
export class GoalScreen {
  /** How far the goal is as a whole, in percent, as its value. */
  readonly progress: Locator;

  constructor(private readonly page: Page) {
    this.progress = page.getByRole("progressbar", { name: "Progress", exact: true });
  }

  async make(board: string, goal: NewGoal): Promise<void> {
    await this.#openGoals(board);
    await this.page.getByRole("button", { name: "Set the first goal" }).click();
    const sheet = this.page.getByRole("dialog", { name: "New goal" });
    await sheet.getByRole("textbox", { name: "What do you want to reach?" }).fill(goal.title);
    await sheet.getByRole("textbox", { name: "What is measured" }).fill(goal.keyResult);
    await sheet.getByRole("textbox", { name: "From" }).fill(String(goal.from));
    await sheet.getByRole("textbox", { name: "To", exact: true }).fill(String(goal.to));
    await sheet.getByRole("textbox", { name: "Unit" }).fill(goal.unit);
    await sheet.getByRole("button", { name: "Make goal" }).click();
    await expect(this.page.getByRole("heading", { level: 1, name: goal.title })).toBeVisible();
  }

  async open(board: string, title: string): Promise<void> {
    await this.#openGoals(board);
    await this.page.getByRole("link", { name: title }).click();
    await expect(this.page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  }

  async checkIn(keyResult: string, value: number): Promise<void> {
    await this.page.getByRole("button", { name: `Check in: ${keyResult}` }).click();
    const sheet = this.page.getByRole("dialog", { name: "Check in" });
    await sheet.getByRole("textbox", { name: keyResult }).fill(String(value));
    await sheet.getByRole("button", { name: "Check in" }).click();
  }

  /** From the board: a phone has the way in the board's menu. */
  async #openGoals(board: string): Promise<void> {
    await new Shell(this.page).openBoard(board);
    const link = this.page.getByRole("main").getByRole("link", { name: /^Goals/ });
    if (await link.isVisible()) {
      await link.click();
    } else {
      await this.page.getByRole("button", { name: "Actions for this board" }).click();
      await this.page.getByRole("menuitem", { name: "Goals" }).click();
    }
    await expect(this.page.getByRole("heading", { level: 1, name: "Goals" })).toBeVisible();
  }
}
