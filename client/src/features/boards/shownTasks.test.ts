import { describe, expect, test } from "vitest";

import type { Task } from "../../protocol/records";
import { EVERYONE, isDoneEarlier, matches, shownTasks } from "./shownTasks";

const count = { today: "2026-11-22", time_zone: "Europe/Berlin", day_start_hour: 4 };

const task = (id: string, completed_at: string | null = null, assignee_ids: string[] = []) =>
  ({ id, completed_at, assignee_ids }) as unknown as Task;

const ids = (tasks: readonly Task[]) => tasks.map(({ id }) => id);

describe("whose tasks are shown", () => {
  test("everyone's, one person's, nobody's", () => {
    const ofBoth = { assignee_ids: ["ada", "bo"] };
    expect(matches(ofBoth, EVERYONE)).toBe(true);
    expect(matches(ofBoth, { kind: "person", id: "bo" })).toBe(true);
    expect(matches(ofBoth, { kind: "person", id: "cy" })).toBe(false);
    expect(matches(ofBoth, { kind: "nobody" })).toBe(false);
    expect(matches({ assignee_ids: [] }, { kind: "nobody" })).toBe(true);
  });
});

describe("what was done before today", () => {
  test("is told by the day of the person who looks, with its start at their hour", () => {
    expect(isDoneEarlier(task("a", null), count)).toBe(false);
    expect(isDoneEarlier(task("a", "2026-11-22T09:00:00.000Z"), count)).toBe(false);
    // 03:30 in Berlin: before the day starts at 4.
    expect(isDoneEarlier(task("a", "2026-11-22T02:30:00.000Z"), count)).toBe(true);
    expect(isDoneEarlier(task("a", "2026-11-22T03:30:00.000Z"), count)).toBe(false);
    expect(isDoneEarlier(task("a", "2026-10-01T09:00:00.000Z"), count)).toBe(true);
  });

  test("is folded at the end of a list that still has open tasks", () => {
    const all = [task("old", "2026-11-01T09:00:00.000Z"), task("open"), task("today", "2026-11-22T09:00:00.000Z")];
    const shown = shownTasks(all, EVERYONE, count);
    expect(ids(shown.tasks)).toEqual(["open", "today"]);
    expect(ids(shown.earlier)).toEqual(["old"]);
  });

  test("stays in sight in a list where everything is done", () => {
    const all = [task("a", "2026-11-01T09:00:00.000Z"), task("b", "2026-11-22T09:00:00.000Z")];
    expect(shownTasks(all, EVERYONE, count)).toEqual({ tasks: all, earlier: [] });
  });

  test("follows the filter: what others did does not count", () => {
    const all = [task("mine", "2026-11-01T09:00:00.000Z", ["ada"]), task("open", null, ["bo"])];
    expect(ids(shownTasks(all, { kind: "person", id: "ada" }, count).tasks)).toEqual(["mine"]);
  });
});
