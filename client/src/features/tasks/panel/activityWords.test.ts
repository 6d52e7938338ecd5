import { describe, expect, test } from "vitest";

import type { RecordPut } from "../../../protocol/messages";
import { activityWords, type ActivityNames } from "./activityWords";

const names: ActivityNames = {
  list: (id) => (id === "doing" ? "Doing" : undefined),
  person: (id) => (id === "bo" ? "Bo" : undefined),
  day: (day) => day,
};

const words = (...put: RecordPut[]) =>
  activityWords({ seq: 1, at: "2026-11-22T10:00:00.000Z", by: "ada", command_id: "c", put, remove: [] }, "t", names);

describe("the activity of a task", () => {
  test.each<[RecordPut, string | null]>([
    [{ type: "task", id: "t", created_at: "2026-11-22T10:00:00.000Z", title: "Run", priority: 0 }, "added the task"],
    [{ type: "task", id: "t", completed_at: "2026-11-22T10:00:00.000Z", completed_by: "ada" }, "completed it"],
    [{ type: "task", id: "t", completed_at: null, completed_by: null }, "reopened it"],
    [{ type: "task", id: "t", title: "Run 10 km" }, "renamed it to “Run 10 km”"],
    [{ type: "task", id: "t", list_id: "doing", position: "a1" }, "moved it to Doing"],
    [{ type: "task", id: "t", list_id: "gone", position: "a1" }, "moved it to another list"],
    [{ type: "task", id: "t", position: "a1" }, null],
    [{ type: "task", id: "t", scheduled_on: null }, "took it off the calendar"],
    [{ type: "task", id: "t", due_on: "2026-12-12" }, "made it due 2026-12-12"],
    [{ type: "task", id: "t", priority: 1 }, "set priority 1"],
    [{ type: "task", id: "t", assignee_ids: ["bo", "cy"] }, "gave it to Bo, somebody"],
    [{ type: "task", id: "t", assignee_ids: [] }, "took everybody off it"],
    [{ type: "task", id: "t", deleted_at: "2026-11-22T10:00:00.000Z" }, "deleted it"],
    [{ type: "task", id: "t", deleted_at: null }, "restored it"],
    [{ type: "task", id: "other", title: "Not this one" }, null],
    [{ type: "comment", id: "c", created_at: "2026-11-22T10:00:00.000Z", text: "Hi" }, "commented"],
    [{ type: "comment", id: "c", text: "Hi again" }, null],
  ])("%o", (put, said) => {
    expect(words(put)).toBe(said);
  });

  test("several edits at once are one line", () => {
    expect(words({ type: "task", id: "t", title: "Run", notes: "far", priority: 0 })).toBe(
      "renamed it to “Run” and edited the notes and removed the priority",
    );
  });
});
