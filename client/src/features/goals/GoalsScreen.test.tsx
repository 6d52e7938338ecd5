import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { Route, Routes } from "react-router";
import { describe, expect, test } from "vitest";

import type { AnyRecord, Role } from "../../protocol/records";
import { ME, renderScreen } from "../../testing/renderScreen";
import { CalendarContext } from "../../ui/days/calendarContext";
import GoalsScreen from "./GoalsScreen";

const BOARD = "0190bbbb-0000-7000-8000-00000000000b";
const AT = "2026-11-01T10:00:00.000Z";
const calendar = { today: "2026-11-11", week_start: "monday" } as const;

const goal: AnyRecord = {
  type: "goal",
  id: "g",
  title: "Lose weight",
  why: "",
  position: "a0",
  owner_id: ME,
  starts_on: "2026-11-01",
  ends_on: "2026-11-21",
  created_at: AT,
  created_by: ME,
  health: "at_risk",
  health_on: "2026-11-05",
  state: "open",
  deleted_at: null,
};
const keyResult: AnyRecord = {
  type: "key_result",
  id: "k",
  goal_id: "g",
  title: "Weight",
  position: "a0",
  unit: "kg",
  source: "manual",
  start_value: 86,
  target_value: 80,
  current_value: 82.4,
  created_at: AT,
  measured_on: "2026-11-09",
  measured_by: null,
  deleted_at: null,
};

const board = (role: Role, ...more: AnyRecord[]): AnyRecord[] => [
  { type: "board", id: BOARD, kind: "shared", title: "Our year", created_at: AT, created_by: ME, deleted_at: null },
  { type: "member", id: ME, name: "Ada Lind", color: 0, role, joined_at: AT },
  ...more,
];

function show(records: AnyRecord[]) {
  return renderScreen(
    <CalendarContext value={calendar}>
      <Routes>
        <Route path="/boards/:boardId/goals" element={<GoalsScreen />} />
        <Route path="*" element={null} />
      </Routes>
    </CalendarContext>,
    { boards: { [BOARD]: records }, address: `/boards/${BOARD}/goals` },
  );
}

describe("goals", () => {
  test("say progress, pace and health in one line", () => {
    show(board("viewer", goal, keyResult));
    expect(screen.getByText("82.4 → 80 kg")).toBeDefined();
    expect(screen.getByText("2 days ahead")).toBeDefined();
    expect(screen.getByText("At risk")).toBeDefined();
    expect(screen.getByRole("progressbar", { name: "Progress of Lose weight" }).getAttribute("aria-valuenow")).toBe("60");
  });

  test("take a check-in with one tap and a number, the last value as suggestion", async () => {
    const user = userEvent.setup();
    const { sent } = show(board("editor", goal, keyResult));
    await user.click(screen.getByRole("button", { name: "Check in: Lose weight" }));
    expect(screen.getByLabelText<HTMLInputElement>("Weight").value).toBe("82.4");
    await user.click(screen.getByRole("button", { name: "Less by 0.1" }));
    await user.click(screen.getByRole("radio", { name: "On track" }));
    await user.click(screen.getByRole("button", { name: "Check in" }));
    expect(sent).toMatchObject([
      { type: "check_in.create", key_result_id: "k", value: 82.3, health: "on_track", for_day: "2026-11-11" },
    ]);
    expect(screen.getByText("82.3 → 80 kg")).toBeDefined();
  });

  test("say what is wrong with a number instead of sending it", async () => {
    const user = userEvent.setup();
    const { sent } = show(board("editor", goal, keyResult));
    await user.click(screen.getByRole("button", { name: "Check in: Lose weight" }));
    await user.clear(screen.getByLabelText("Weight"));
    await user.type(screen.getByLabelText("Weight"), "lots{Enter}");
    expect(screen.getByRole("alert").textContent).toContain("Type a number");
    expect(sent).toEqual([]);
  });

  test("let a viewer read only", () => {
    show(board("viewer", goal, keyResult));
    expect(screen.queryByRole("button", { name: /Check in|New goal/ })).toBeNull();
  });

  test("are made with their key result in one flow", async () => {
    const user = userEvent.setup();
    const { sent } = show(board("editor"));
    await user.click(screen.getByRole("button", { name: "Set the first goal" }));
    await user.type(screen.getByLabelText("What do you want to reach?"), "Read more");
    await user.type(screen.getByLabelText("To"), "12");
    await user.type(screen.getByLabelText("Unit"), "books");
    await user.click(screen.getByRole("radio", { name: "This month" }));
    await user.click(screen.getByRole("button", { name: "Make goal" }));
    expect(sent).toMatchObject([
      { type: "goal.create", board_id: BOARD, title: "Read more", starts_on: "2026-11-11", ends_on: "2026-11-30", owner_id: ME },
      { type: "key_result.create", title: "Read more", start_value: 0, target_value: 12, unit: "books", source: "manual" },
    ]);
  });
});
