import { expect, test } from "vitest";

import type { RecordPut } from "../../../protocol/messages";
import { makeChange, makeTask } from "../../../testing/records";
import { fieldHistory } from "./fieldHistory";

const changed = (fields: Omit<Extract<RecordPut, { type: "task" }>, "type" | "id">): RecordPut => ({ type: "task", id: "t1", ...fields });

test("every step of a field has what was there before", () => {
  const history = fieldHistory(
    [
      makeChange(1, [makeTask("t1", { title: "Run" })]),
      makeChange(2, [changed({ title: "Walk", due_on: "2026-12-01" })]),
      makeChange(4, [changed({ title: "Swim", position: "a5" })]),
    ],
    "t1",
  );
  expect([...history]).toEqual([
    [
      2,
      [
        { field: "title", before: "Run", after: "Walk" },
        { field: "due_on", before: null, after: "2026-12-01" },
      ],
    ],
    [4, [{ field: "title", before: "Walk", after: "Swim" }]],
  ]);
});

test("what was there before the log began is not guessed", () => {
  expect(fieldHistory([makeChange(7, [changed({ title: "Walk" })])], "t1").size).toBe(0);
});

test("other records are none of the task's", () => {
  const other = makeTask("t2", { title: "Other" });
  const history = fieldHistory([makeChange(1, [other]), makeChange(2, [{ type: "task", id: "t2", title: "No" }])], "t1");
  expect(history.size).toBe(0);
});
