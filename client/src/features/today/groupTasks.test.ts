import { describe, expect, test } from "vitest";

import type { Task } from "../../protocol/records";
import type { TaskOnBoard } from "../../sync/myTasks";
import { dayProgress, groupTasks } from "./groupTasks";

const TODAY = "2026-11-22";

function entry(id: string, fields: Partial<Task> = {}): TaskOnBoard {
  const task: Task = {
    type: "task",
    id,
    list_id: "list",
    title: id,
    notes: "",
    position: "a0",
    scheduled_on: null,
    due_on: null,
    priority: 0,
    assignee_ids: [],
    created_at: `2026-11-01T00:00:00.000Z`,
    created_by: "ada",
    completed_at: null,
    completed_by: null,
    deleted_at: null,
    ...fields,
  };
  return { board_id: "board", task };
}

const group = (tasks: TaskOnBoard[], held: string[] = []) =>
  groupTasks(tasks, TODAY, (task) => task.completed_at?.slice(0, 10) ?? null, new Set(held));

const ids = (tasks: readonly TaskOnBoard[]) => tasks.map(({ task }) => task.id);

describe("Today", () => {
  test("sorts tasks by the first day that asks for attention", () => {
    const groups = group([
      entry("late", { due_on: "2026-11-21" }),
      entry("slipped", { scheduled_on: "2026-11-20", due_on: "2026-12-01" }),
      entry("planned", { scheduled_on: TODAY }),
      entry("due", { scheduled_on: "2026-11-25", due_on: TODAY }),
      entry("soon", { scheduled_on: "2026-11-23" }),
      entry("someday"),
    ]);
    expect(ids(groups.overdue)).toEqual(["slipped", "late"]);
    expect(ids(groups.today)).toEqual(["due", "planned"]);
    expect(groups.upcoming.map(({ day, tasks }) => [day, ids(tasks)])).toEqual([["2026-11-23", ["soon"]]]);
    expect(ids(groups.undated)).toEqual(["someday"]);
  });

  test("puts the most urgent first and those without a priority last", () => {
    const groups = group([
      entry("none", { scheduled_on: TODAY }),
      entry("p3", { scheduled_on: TODAY, priority: 3 }),
      entry("p1", { scheduled_on: TODAY, priority: 1 }),
    ]);
    expect(ids(groups.today)).toEqual(["p1", "p3", "none"]);
  });

  test("shows coming days in order", () => {
    const groups = group([entry("b", { due_on: "2026-11-27" }), entry("a", { scheduled_on: "2026-11-24" })]);
    expect(groups.upcoming.map(({ day }) => day)).toEqual(["2026-11-24", "2026-11-27"]);
  });

  test("puts what is more than a week away together", () => {
    const groups = group([
      entry("week", { due_on: "2026-11-29" }),
      entry("far", { due_on: "2026-12-24" }),
      entry("next", { scheduled_on: "2026-11-30" }),
    ]);
    expect(groups.upcoming.map(({ day }) => day)).toEqual(["2026-11-29"]);
    expect(ids(groups.later)).toEqual(["next", "far"]);
  });

  test("shows what was completed today, the latest first, and nothing older", () => {
    const groups = group([
      entry("first", { scheduled_on: TODAY, completed_at: "2026-11-22T08:00:00.000Z" }),
      entry("second", { completed_at: "2026-11-22T09:00:00.000Z" }),
      entry("old", { completed_at: "2026-11-21T09:00:00.000Z" }),
    ]);
    expect(ids(groups.done)).toEqual(["second", "first"]);
    expect(groups.today).toEqual([]);
  });

  test("keeps a task that was just ticked where it was, and counts it as done", () => {
    const groups = group(
      [entry("ticked", { scheduled_on: TODAY, completed_at: "2026-11-22T09:00:00.000Z" }), entry("open", { due_on: TODAY })],
      ["ticked"],
    );
    expect(ids(groups.today)).toEqual(["open", "ticked"]);
    expect(dayProgress(groups)).toEqual({ done: 1, all: 2 });
  });

  test("counts overdue and today as what the day asks for", () => {
    const groups = group([
      entry("late", { due_on: "2026-11-01" }),
      entry("today", { due_on: TODAY }),
      entry("later", { due_on: "2026-12-01" }),
      entry("done", { completed_at: "2026-11-22T08:00:00.000Z" }),
    ]);
    expect(dayProgress(groups)).toEqual({ done: 1, all: 3 });
  });
});
