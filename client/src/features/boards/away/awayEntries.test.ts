import { describe, expect, it } from "vitest";

import type { Change, RecordPut } from "../../../protocol/messages";
import { recordsOf } from "../../../sync/records";
import { makeBoard, makeChange, makeTask } from "../../../testing/records";
import { actWords, awayEntries } from "./awayEntries";

const AT = "2026-11-22T10:00:00.000Z";
const records = recordsOf([
  ...makeBoard("b"),
  { type: "list", id: "l2", title: "Done", position: "a1", created_at: AT, deleted_at: null },
  makeTask("t1", { title: "Run" }),
  makeTask("t2", { title: "Swim", deleted_at: AT }),
]);

const t1 = (fields: Omit<Extract<RecordPut, { type: "task" }>, "type" | "id">): RecordPut => ({ type: "task", id: "t1", ...fields });
const by = (who: string, seq: number, ...put: RecordPut[]): Change => ({ ...makeChange(seq, put), by: who });
const told = (...changes: Change[]) =>
  awayEntries(changes, "me", records).map((entry) => `${entry.by} ${actWords(entry.acts)} ${entry.subject.name}`);

describe("what happened while I was away", () => {
  it("is told the newest first, and nothing of what I did", () => {
    const changes = [by("bo", 1, t1({ completed_at: AT })), by("me", 2, t1({ notes: "mine" })), by("cy", 3, t1({ title: "Run" }))];
    expect(told(...changes)).toEqual(["cy renamed Run", "bo completed Run"]);
  });

  it("folds what one person did to one record", () => {
    const changes = [
      by("bo", 1, t1({ notes: "a" })),
      by("bo", 2, t1({ notes: "ab" })),
      by("bo", 3, t1({ list_id: "l1", position: "a0" })),
      by("bo", 4, t1({ list_id: "l2", position: "a0" })),
      by("bo", 5, t1({ completed_at: AT })),
      by("bo", 6, t1({ completed_at: null })),
      by("bo", 7, t1({ completed_at: AT })),
    ];
    expect(told(...changes)).toEqual(["bo moved to Done, completed and changed the notes of Run"]);
  });

  it("tells of a new record that it was added, not each stroke of it", () => {
    expect(told(by("bo", 1, makeTask("t1")), by("bo", 2, t1({ title: "Run" })), by("bo", 3, t1({ completed_at: AT })))).toEqual([
      "bo added and completed Run",
    ]);
  });

  it("leads nowhere when the record is gone, and still names it", () => {
    const [gone] = awayEntries([by("bo", 1, { type: "task", id: "t2", deleted_at: AT })], "me", records);
    expect(gone).toMatchObject({ acts: ["deleted"], subject: { name: "Swim", is_here: false } });
    const [purged] = awayEntries([by("bo", 1, { type: "task", id: "t9", title: "Gone", deleted_at: AT })], "me", records);
    expect(purged?.subject).toMatchObject({ name: "Gone", is_here: false });
  });

  it("says what a comment or a check-in was about", () => {
    const comment: RecordPut = { type: "comment", id: "c1", task_id: "t1", goal_id: null, text: "Hi", created_at: AT };
    expect(told(by("bo", 1, comment))).toEqual(["bo commented on Run"]);
  });

  it("leaves out mere places in a list", () => {
    expect(told(by("bo", 1, t1({ position: "a5" })))).toEqual([]);
  });
});
