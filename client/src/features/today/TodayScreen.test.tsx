import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import type { AnyRecord, Task } from "../../protocol/records";
import { changesReceived } from "../../sync/actions";
import { happen } from "../../testing/happen";
import { makeTask } from "../../testing/records";
import { ME, personalBoard, renderScreen } from "../../testing/renderScreen";
import { CalendarContext } from "../../ui/days/calendarContext";
import { TaskActionsContext, type TaskActions } from "../../ui/tasks/taskActions";
import TodayScreen from "./TodayScreen";

const TODAY = "2026-11-22";

function show(tasks: Task[]) {
  const actions = {
    toggle: vi.fn<TaskActions["toggle"]>(),
    remove: vi.fn<TaskActions["remove"]>(),
    chooseDate: vi.fn<TaskActions["chooseDate"]>(),
    chooseList: vi.fn<TaskActions["chooseList"]>(),
    add: vi.fn<TaskActions["add"]>(),
  };
  const records: AnyRecord[] = [...personalBoard(), ...tasks];
  const staged = renderScreen(
    <CalendarContext value={{ today: TODAY, week_start: "monday" }}>
      <TaskActionsContext value={actions}>
        <TodayScreen />
      </TaskActionsContext>
    </CalendarContext>,
    { boards: { [ME]: records } },
  );
  return { ...staged, actions };
}

test("an empty day offers the first step", async () => {
  const { actions } = show([]);
  await userEvent.click(screen.getByRole("button", { name: "Add your first task" }));
  expect(actions.add).toHaveBeenCalledExactlyOnceWith({ for_today: true });
});

test("tasks stand under the day that asks for them", () => {
  show([
    makeTask("late", { due_on: "2026-11-20" }),
    makeTask("now", { scheduled_on: TODAY }),
    makeTask("soon", { scheduled_on: "2026-11-23" }),
  ]);
  const part = (name: RegExp) => within(screen.getByRole("region", { name }));
  expect(part(/^Overdue/).getByText("Task late")).toBeTruthy();
  expect(part(/^Today/).getByText("Task now")).toBeTruthy();
  expect(part(/^Tomorrow/).getByText("Task soon")).toBeTruthy();
  expect(screen.getByRole("progressbar", { name: "0 of 2 done today" })).toBeTruthy();
});

test("the check and the key c complete a task", async () => {
  const { actions } = show([makeTask("now", { scheduled_on: TODAY })]);
  await userEvent.click(screen.getByRole("checkbox", { name: /Task now/ }));
  screen.getByRole("link", { name: "Task now" }).focus();
  await userEvent.keyboard("c");
  expect(actions.toggle).toHaveBeenCalledTimes(2);
  expect(actions.toggle).toHaveBeenCalledWith(ME, expect.objectContaining({ id: "now" }));
});

test("a task completed elsewhere leaves the list at once", async () => {
  const { store } = show([makeTask("now", { scheduled_on: TODAY })]);
  const done = { type: "task", id: "now", completed_at: "2026-11-22T09:00:00.000Z", completed_by: ME } as const;
  const change = { seq: 2, at: "2026-11-22T09:00:00.000Z", by: ME, command_id: "c", put: [done], remove: [] };
  await happen(store, changesReceived({ board_id: ME, account_id: ME, received_at: 0, changes: [change] }));
  expect(screen.getByText("All done for today.")).toBeTruthy();
  expect(screen.getByRole("progressbar", { name: "1 of 1 done today" })).toBeTruthy();
});

test("the title opens the task at its own address", () => {
  show([makeTask("now", { scheduled_on: TODAY })]);
  expect(screen.getByRole("link", { name: "Task now" }).getAttribute("href")).toBe(`/today?task=${ME}.now`);
});
