import { v7 } from "uuid";
import { describe, expect, it } from "vitest";

import type { Command, TaskEdit } from "../../protocol/commands";
import type { Change, RecordPut } from "../../protocol/messages";
import { makeBoard, makePending, makeTask } from "../../testing/records";
import { recordsOf } from "../records";
import type { FieldWrite, PendingCommand } from "../state";
import { commandToPut, keyOf, seenBy } from "./fieldEdits";
import { findLosses } from "./findLosses";

const confirmed = recordsOf([
  ...makeBoard("b"),
  { type: "list", id: "l2", title: "Done", position: "a1", created_at: "2026-11-22T09:00:00.000Z", deleted_at: null },
  makeTask("t1", { title: "Run", notes: "By the river", due_on: "2026-12-01" }),
]);
const NOON = Date.parse("2026-11-22T12:00:00.000Z");
const TITLE = { type: "task", record_id: "t1", field: "title" } as const;

const at = (seconds: number) => new Date(NOON + seconds * 1000).toISOString();

/** Somebody else's change: done at `done` seconds past noon, asked at `asked`. */
function theirs(put: Omit<Extract<RecordPut, { type: "task" }>, "type" | "id">, done = 0, asked = done): Change {
  const command_id = v7({ msecs: NOON + asked * 1000 });
  return { seq: 1, at: at(done), by: "bo", command_id, put: [{ type: "task", id: "t1", ...put }], remove: [] };
}

const edit = (fields: Partial<TaskEdit>): TaskEdit => ({ type: "task.edit", board_id: "b", task_id: "t1", ...fields });

function ask(command: Command, seenIn = confirmed): PendingCommand {
  return { ...makePending(command), seen: seenBy(command, seenIn) };
}

/** The confirmation of my command. */
function done({ command_id }: PendingCommand, put: RecordPut[]): Change {
  return { seq: 1, at: at(30), by: "me", command_id, put, remove: [] };
}

function find(changes: Change[], pending: PendingCommand[] = [], writes: FieldWrite[] = []) {
  return findLosses(
    {
      board_id: "b",
      confirmed,
      pending,
      account_id: "me",
      writeOf: (key) => writes.find((write) => write.key === key),
    },
    changes,
  );
}

/** That I wrote a value at noon. */
const wrote = (place: { type: "task"; record_id: string; field: string }, value: string): FieldWrite => ({
  ...place,
  key: keyOf(place),
  board_id: "b",
  value,
  by: "me",
  at: at(0),
});

describe("my edit, confirmed over a value that I had not seen", () => {
  it("has replaced theirs, which is kept with its author", () => {
    const mine = ask(edit({ title: "Run 10 km" }));
    const { losses } = find([theirs({ title: "Walk" }), done(mine, [{ type: "task", id: "t1", title: "Run 10 km" }])], [mine]);
    expect(losses).toMatchObject([
      { ...TITLE, whose: "theirs", lost: "Walk", kept: "Run 10 km", by: "bo", name: "Run", board_id: "b" },
    ]);
  });

  it("replaces nothing when another field was theirs", () => {
    const mine = ask(edit({ title: "Run 10 km" }));
    const changes = [theirs({ notes: "In the wood" }), done(mine, [{ type: "task", id: "t1", title: "Run 10 km" }])];
    expect(find(changes, [mine]).losses).toEqual([]);
  });

  it("replaces nothing when its author had the value on the screen", () => {
    const mine = ask(edit({ title: "Run 10 km" }));
    expect(find([done(mine, [{ type: "task", id: "t1", title: "Run 10 km" }])], [mine]).losses).toEqual([]);
  });

  it("is compared with what its editor showed when typing began", () => {
    const command = edit({ title: "Run 10 km" });
    const mine = { ...makePending(command), seen: seenBy(command, confirmed, { title: "Ru" }) };
    const { losses } = find([done(mine, [{ type: "task", id: "t1", title: "Run 10 km" }])], [mine]);
    expect(losses).toMatchObject([{ lost: "Run", by: null }]);
  });

  it("is told once of two edits of mine in a row", () => {
    const first = ask(edit({ title: "A" }));
    const second = { ...makePending(edit({ title: "B" })), seen: [{ ...TITLE, value: "A" }] };
    const changes = [
      theirs({ title: "Walk" }),
      done(first, [{ type: "task", id: "t1", title: "A" }]),
      done(second, [{ type: "task", id: "t1", title: "B" }]),
    ];
    expect(find(changes, [first, second]).losses.map(({ lost }) => lost)).toEqual(["Walk"]);
  });

  it("loses nothing of a text that it contains, or of an empty one", () => {
    const notes = ask(edit({ notes: "By the lake, then home" }));
    const kept = [theirs({ notes: "By the lake" }), done(notes, [{ type: "task", id: "t1", notes: "By the lake, then home" }])];
    expect(find(kept, [notes]).losses).toEqual([]);
    const emptied = [theirs({ notes: "" }), done(notes, [{ type: "task", id: "t1", notes: "By the lake, then home" }])];
    expect(find(emptied, [notes]).losses).toEqual([]);
  });

  it("keeps that there was no day, too", () => {
    const mine = ask(edit({ due_on: "2026-12-24" }));
    const changes = [theirs({ due_on: null }), done(mine, [{ type: "task", id: "t1", due_on: "2026-12-24" }])];
    expect(find(changes, [mine]).losses).toMatchObject([{ field: "due_on", lost: null, by: "bo" }]);
  });

  it("tells of two moves into different lists", () => {
    const mine = ask({ type: "task.move", board_id: "b", task_id: "t1", list_id: "l2", position: "a0" });
    const changes = [theirs({ list_id: "l3", position: "a1" }), done(mine, [{ type: "task", id: "t1", list_id: "l2" }])];
    expect(find(changes, [mine]).losses).toMatchObject([{ field: "list_id", lost: "l3", by: "bo" }]);
  });
});

describe("somebody else's change over a value of mine", () => {
  const mine = [wrote(TITLE, "Run")];

  it("has lost mine when it was asked before mine was there, however late it came", () => {
    expect(find([theirs({ title: "Walk" }, 8 * 3600, -3600)], [], mine).losses).toMatchObject([
      { whose: "mine", lost: "Run", kept: "Walk", by: "bo" },
    ]);
  });

  it("has lost mine when it came hardly after it", () => {
    expect(find([theirs({ title: "Walk" }, 20)], [], mine).losses).toHaveLength(1);
  });

  it("is an ordinary edit when its author had time to see mine", () => {
    expect(find([theirs({ title: "Walk" }, 3600)], [], mine).losses).toEqual([]);
  });

  it("is an ordinary edit where the value was somebody else's by then", () => {
    const changes = [theirs({ title: "Walk" }, 3600), theirs({ title: "Swim" }, 3601, -60)];
    expect(find(changes, [], mine).losses).toEqual([]);
  });

  it("is not told when it is myself, on another device", () => {
    expect(find([{ ...theirs({ title: "Walk" }, 20), by: "me" }], [], mine).losses).toEqual([]);
  });

  it("may push a card on to the next list at once", () => {
    const moved = [wrote({ type: "task", record_id: "t1", field: "list_id" }, "l1")];
    expect(find([theirs({ list_id: "l2" }, 20)], [], moved).losses).toEqual([]);
    expect(find([theirs({ list_id: "l2" }, 20, -5)], [], moved).losses).toHaveLength(1);
  });
});

describe("who wrote last", () => {
  it("is remembered of fields that I have written or wait to, and of no others", () => {
    const mine = ask(edit({ title: "Run 10 km" }));
    expect(find([theirs({ title: "Walk", notes: "No" })], [mine]).writes).toMatchObject([{ ...TITLE, value: "Walk", by: "bo" }]);
    expect(find([theirs({ title: "Walk" })]).writes).toEqual([]);
  });
});

describe("putting a value back", () => {
  it("is an edit of that one field", () => {
    expect(commandToPut("b", TITLE, "Walk", confirmed)).toEqual(edit({ title: "Walk" }));
  });

  it("is a move to the end of the list it was in", () => {
    const list = { type: "task", record_id: "t1", field: "list_id" } as const;
    expect(commandToPut("b", list, "l2", confirmed)).toMatchObject({ type: "task.move", task_id: "t1", list_id: "l2" });
    expect(commandToPut("b", list, "gone", confirmed)).toBeNull();
  });

  it("cannot be when the record is gone", () => {
    expect(commandToPut("b", { ...TITLE, record_id: "t9" }, "Walk", confirmed)).toBeNull();
  });
});
