import { expect, test } from "vitest";

import type { Goal, List, Task } from "../../../protocol/records";
import { trashed } from "./trashed";

const records = {
  list: {
    live: { id: "live", title: "To do", deleted_at: null } as List,
    gone: { id: "gone", title: "Someday", deleted_at: "2026-11-20T10:00:00.000Z" } as List,
  },
  task: {
    a: { id: "a", title: "Kept", list_id: "live", deleted_at: null } as Task,
    b: { id: "b", title: "Deleted", list_id: "live", deleted_at: "2026-11-21T10:00:00.000Z" } as Task,
    c: { id: "c", title: "Deleted before its list", list_id: "gone", deleted_at: "2026-11-19T10:00:00.000Z" } as Task,
  },
  goal: { g: { id: "g", title: "Old goal", deleted_at: "2026-11-22T10:00:00.000Z" } as Goal },
};

test("the trash holds tasks, lists and goals, what was deleted last first", () => {
  expect(trashed(records).map(({ kind, id }) => `${kind} ${id}`)).toEqual(["goal g", "task b", "list gone", "task c"]);
});

test("a task of a deleted list says what must be restored first", () => {
  const blocked = Object.fromEntries(trashed(records).map(({ id, blocked: why }) => [id, why]));
  expect(blocked).toEqual({ g: null, b: null, gone: null, c: "Restore its list “Someday” first" });
});
