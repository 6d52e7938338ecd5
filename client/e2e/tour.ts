import { expect, type Page } from "@playwright/test";

import type { Id } from "../src/protocol/records";
import { newId, newToken } from "../src/sync/ids";
import { Account, DEMO_ADA } from "./account";

/** What the demo's screens are about. */
export interface DemoBoard {
  readonly id: Id;
  readonly title: string;
  /** Where somebody without an account is invited, without the node's address. */
  readonly invitation: string;
}

export async function demoBoard(node: string): Promise<DemoBoard> {
  const ada = await Account.signIn(node, DEMO_ADA);
  const board = (await ada.boards()).find(({ kind }) => kind === "shared");
  if (board === undefined) throw new Error("The demo has a shared board.");
  const invitation = { board_id: board.board_id, invitation_id: newId(), token: newToken() };
  await ada.command({ type: "invitation.create", role: "editor", ...invitation });
  const path = `/join/${invitation.board_id}/${invitation.invitation_id}#${invitation.token}`;
  return { id: board.board_id, title: board.title, invitation: path };
}

/** A screen, and the way to it. It has arrived when the promise holds. */
export interface Stop {
  readonly name: string;
  readonly open: (page: Page, board: DemoBoard) => Promise<void>;
}

const heading = (page: Page, name: string | RegExp) => expect(page.getByRole("heading", { level: 1, name })).toBeVisible();

/** A screen at an address, known by its heading. */
function at(name: string, path: (board: DemoBoard) => string, title: string | RegExp): Stop {
  return {
    name,
    open: async (page, board) => {
      await page.goto(path(board));
      await heading(page, title);
    },
  };
}

/** Something that opens over a screen. */
function over(name: string, below: Stop, act: (page: Page) => Promise<void>, dialog: string | RegExp): Stop {
  return {
    name,
    open: async (page, board) => {
      await below.open(page, board);
      await act(page);
      await expect(page.getByRole("dialog", { name: dialog })).toBeVisible();
    },
  };
}

const TASK = "Book the cabin in Lofoten";
const GOAL = "Run the half marathon together";

const today: Stop = {
  name: "today",
  open: async (page, demo) => {
    await page.goto("/today");
    await heading(page, "Today");
    // The day of all boards, not only of the one that came first.
    await expect(page.getByRole("main").getByText(demo.title).first()).toBeVisible();
  },
};
const board = at("board", ({ id }) => `/boards/${id}`, "Our year");
const goals = at("goals", () => "/goals", "Goals");
const goal: Stop = {
  name: "goal",
  open: async (page, demo) => {
    await page.goto(`/boards/${demo.id}/goals`);
    await page.getByRole("link", { name: GOAL }).click();
    await heading(page, GOAL);
  },
};

export const SIGNED_OUT: readonly Stop[] = [
  at("sign-in", () => "/sign-in", "Sign in"),
  at("sign-up", () => "/sign-up", "Make your account"),
  at("join", ({ invitation }) => invitation, "Our year"),
  at("join-refused", () => `/join/${newId()}/${newId()}#${newToken()}`, "This invitation does not work"),
];

export const SIGNED_IN: readonly Stop[] = [
  today,
  over("quick-add", today, (page) => page.keyboard.press("q"), "Add task"),
  over("palette", today, (page) => page.keyboard.press("Control+k"), "Find and do"),
  over("keys", today, (page) => page.keyboard.press("?"), "Keys"),
  at("boards", () => "/boards", "Boards"),
  board,
  {
    name: "board-rows",
    open: async (page, demo) => {
      await page.evaluate((key) => localStorage.setItem(key, "rows"), `lockstep.view.${demo.id}`);
      await board.open(page, demo);
      await page.evaluate((key) => localStorage.removeItem(key), `lockstep.view.${demo.id}`);
    },
  },
  {
    name: "task",
    open: async (page, demo) => {
      await board.open(page, demo);
      await page.getByRole("link", { name: TASK }).click();
      await expect(page.getByRole("textbox", { name: "Title", exact: true })).toHaveValue(TASK);
    },
  },
  over("move-to-list", board, (page) => pressOnTask(page, "m"), "Move to list"),
  over("choose-day", board, (page) => pressOnTask(page, "d"), "Scheduled"),
  {
    name: "share",
    open: async (page, { id }) => {
      await page.goto(`/boards/${id}/share`);
      await page.getByRole("button", { name: "Make link" }).click();
      await expect(page.getByRole("textbox", { name: "Invitation link" })).toBeVisible();
    },
  },
  at("trash", ({ id }) => `/boards/${id}/trash`, /Trash/),
  goals,
  at("board-goals", ({ id }) => `/boards/${id}/goals`, "Goals"),
  goal,
  over("new-goal", goals, (page) => page.getByRole("button", { name: "New goal" }).click(), "New goal"),
  over("check-in", goal, (page) => page.getByRole("button", { name: "Check in", exact: true }).click(), "Check in"),
  at("settings", () => "/settings", "Settings"),
  at("missing", () => "/nowhere", "Page not found"),
];

async function pressOnTask(page: Page, key: string): Promise<void> {
  await page.getByRole("link", { name: TASK }).press(key);
}

/** Returns when nothing moves any more, save what moves for ever. */
export async function stillness(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const moving = document.getAnimations().filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(moving.map(({ finished }) => finished));
  });
}
