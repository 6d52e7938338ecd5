import { describe, expect, it } from "vitest";

import type { Change } from "../protocol/messages";
import type { AnyRecord, Task } from "../protocol/records";
import { makeBoard, makeChange, makePending, makeTask } from "../testing/records";
import {
  emptyReplica,
  hasHole,
  isFaulty,
  withChanges,
  withChangesOrNone,
  withDone,
  withoutConfirmed,
  withoutPending,
  withoutPosition,
  withPending,
  withSnapshot,
} from "./replica";
import type { Replica } from "./state";

const BOARD = "board";
const tasks = [makeTask("t1"), makeTask("t2"), makeTask("t3")];

function snapshotOf(records: AnyRecord[], seq = 10, epoch = "epoch") {
  return { board_id: BOARD, epoch, seq, records };
}

function hydrated(): Replica {
  return withSnapshot(emptyReplica(BOARD), snapshotOf([...makeBoard(BOARD), ...tasks]));
}

const complete = (id: string) => makePending({ type: "task.complete", board_id: BOARD, task_id: id });

describe("confirmed", () => {
  it("takes the change that comes next, field by field (R-32)", () => {
    const after = withChanges(hydrated(), [makeChange(11, [{ type: "task", id: "t1", title: "New" }])]);
    expect(after.seq).toBe(11);
    expect(after.confirmed.task.t1).toEqual({ ...tasks[0], title: "New" });
  });

  it("skips a change that it has already (R-32)", () => {
    const replica = hydrated();
    expect(withChanges(replica, [makeChange(10, [{ type: "task", id: "t1", title: "Old" }])])).toBe(replica);
  });

  it("stops at a hole, and says so (R-32)", () => {
    const changes = [
      makeChange(11, [{ type: "task", id: "t1", title: "Eleven" }]),
      makeChange(13, [{ type: "task", id: "t1", title: "Thirteen" }]),
    ];
    const after = withChanges(hydrated(), changes);
    expect(hasHole(hydrated(), changes)).toBe(true);
    expect(after.seq).toBe(11);
    expect(after.confirmed.task.t1?.title).toBe("Eleven");
  });

  it("sees no hole where repeats lead on to the next", () => {
    expect(hasHole(hydrated(), [makeChange(9), makeChange(10), makeChange(11)])).toBe(false);
  });

  it("loses what a change removes", () => {
    const change = { ...makeChange(11), remove: [{ type: "task" as const, id: "t1" }] };
    expect(withChanges(hydrated(), [change]).visible.task.t1).toBeUndefined();
  });

  it("is not moved by an older snapshot of the same epoch", () => {
    const replica = hydrated();
    expect(withSnapshot(replica, snapshotOf([], 9))).toBe(replica);
  });

  it("is replaced by a snapshot of another epoch, whatever its seq", () => {
    const after = withSnapshot(hydrated(), snapshotOf([makeTask("t9")], 2, "next"));
    expect(Object.keys(after.confirmed.task)).toEqual(["t9"]);
    expect(after.seq).toBe(2);
  });

  it("is never edited by a guess (R-33)", () => {
    const before = hydrated();
    const after = withPending(before, [complete("t1")]);
    expect(after.confirmed).toBe(before.confirmed);
    expect(before.confirmed.task.t1?.completed_at).toBeNull();
    expect(after.visible.task.t1?.completed_at).not.toBeNull();
  });
});

describe("pending", () => {
  it("is dropped by the change that carries its command_id", () => {
    const pending = complete("t1");
    const done: Change = {
      ...makeChange(11, [{ type: "task", id: "t1", completed_at: "2026-11-22T10:00:09.000Z", completed_by: "me" }]),
      command_id: pending.command_id,
    };
    const after = withChanges(withPending(hydrated(), [pending]), [done]);
    expect(after.pending).toEqual([]);
    expect(after.visible.task.t1?.completed_at).toBe("2026-11-22T10:00:09.000Z");
  });

  it("is replayed over what others changed meanwhile (R-33)", () => {
    const edit = makePending({ type: "task.edit", board_id: BOARD, task_id: "t1", title: "Mine" });
    const after = withChanges(withPending(hydrated(), [edit]), [
      makeChange(11, [{ type: "task", id: "t1", title: "Theirs", notes: "Theirs too" }]),
    ]);
    expect(after.visible.task.t1).toMatchObject({ title: "Mine", notes: "Theirs too" });
    expect(withoutPending(after, edit.command_id).visible.task.t1?.title).toBe("Theirs");
  });

  it("leaves no guess once its record is gone", () => {
    const after = withChanges(withPending(hydrated(), [complete("t1")]), [
      { ...makeChange(11), remove: [{ type: "task", id: "t1" }] },
    ]);
    expect(after.visible.task.t1).toBeUndefined();
  });

  it("stays until the confirmed records are as far as the seq it was done at", () => {
    const pending = complete("t1");
    const done = withDone(withPending(hydrated(), [pending]), pending.command_id, 12);
    expect(done.visible.task.t1?.completed_at).not.toBeNull();
    expect(withChanges(done, [makeChange(11)]).pending).toHaveLength(1);
    expect(withChanges(done, [makeChange(11), makeChange(12)]).pending).toEqual([]);
  });

  it("is dropped at once when the confirmed records are that far already", () => {
    const pending = complete("t1");
    expect(withDone(withPending(hydrated(), [pending]), pending.command_id, 10).pending).toEqual([]);
  });

  it("is dropped by a snapshot that is far enough", () => {
    const pending = complete("t1");
    const done = withDone(withPending(emptyReplica(BOARD), [pending]), pending.command_id, 10);
    expect(done.pending).toHaveLength(1);
    expect(withSnapshot(done, snapshotOf(tasks)).pending).toEqual([]);
  });

  it("is not added twice", () => {
    const pending = complete("t1");
    expect(withPending(withPending(hydrated(), [pending]), [pending]).pending).toHaveLength(1);
  });

  it("waits again for its answer after the loss of a log, and not after a mere resync", () => {
    const pending = complete("t1");
    const done = withDone(withPending(hydrated(), [pending]), pending.command_id, 12);
    expect(withoutPosition(done, true).pending[0]?.done_at_seq).toBe(12);
    expect(withoutPosition(done, false).pending[0]?.done_at_seq).toBeNull();
  });

  it("outlives the board it was for, until it is refused", () => {
    const after = withoutConfirmed(withPending(hydrated(), [complete("t1")]));
    expect(after.pending).toHaveLength(1);
    expect(after.visible.task).toEqual({});
  });
});

describe("without a position", () => {
  it("what is on the screen stays and nothing is applied", () => {
    const lost = withoutPosition(hydrated(), true);
    expect(lost.visible.task.t1).toBeDefined();
    expect(withChanges(lost, [makeChange(11)])).toBe(lost);
    expect(hasHole(lost, [makeChange(99)])).toBe(false);
  });
});

describe("what cannot be applied", () => {
  const poison: [string, Partial<Change>][] = [
    ["a put of a record that is not here, without all of its fields", { put: [{ type: "task", id: "t9", title: "Half" }] }],
    ["a type that this version does not know", { put: [{ type: "wish", id: "w1", title: "?" } as never] }],
    ["a change that is none", { put: null as never }],
  ];

  it.each(poison)("%s, leaves all as it was and takes the position away", (_, part) => {
    const before = withPending(hydrated(), [complete("t2")]);
    const changes = [makeChange(11, [{ type: "task", id: "t1", title: "Good" }]), { ...makeChange(12), ...part }];
    const after = withChangesOrNone(before, changes);
    expect(after).toEqual({ ...before, epoch: null });
    expect(isFaulty(before, after)).toBe(true);
  });

  it("is mended by a snapshot, which keeps what is pending", () => {
    const broken = withChangesOrNone(withPending(hydrated(), [complete("t2")]), [{ ...makeChange(11), put: null as never }]);
    const mended = withSnapshot(broken, snapshotOf([...makeBoard(BOARD), ...tasks], 11));
    expect(mended).toMatchObject({ epoch: "epoch", seq: 11 });
    expect(mended.visible.task.t2?.completed_at).not.toBeNull();
  });

  it("does not come of a guess: one that breaks is left out, and the rest is shown", () => {
    const broken = makePending({ type: "task.create", board_id: BOARD, task_id: "t8", list_id: "l1", title: "No", position: "a0" });
    const pending = [{ ...broken, command: { ...broken.command, assignee_ids: 7 } as never }, complete("t2")];
    const after = withPending(hydrated(), pending);
    expect(after.visible.task.t8).toBeUndefined();
    expect(after.visible.task.t2?.completed_at).not.toBeNull();
  });
});

describe("what stays the same keeps its identity", () => {
  it("a change to one task leaves every other record and map alone", () => {
    const before = hydrated();
    const after = withChanges(before, [makeChange(11, [{ type: "task", id: "t1", title: "New" }])]);
    expect(after.visible.task.t2).toBe(before.visible.task.t2);
    expect(after.visible.list).toBe(before.visible.list);
    expect(after.visible.task).not.toBe(before.visible.task);
  });

  it("a guess that comes out the same again is the same record", () => {
    const before = withPending(hydrated(), [complete("t1")]);
    const after = withChanges(before, [makeChange(11, [{ type: "task", id: "t2", title: "New" }])]);
    expect(after.visible.task.t1).toBe(before.visible.task.t1);
  });

  it("a change that touches nothing of a type leaves the guessed map of that type alone", () => {
    const before = withPending(hydrated(), [complete("t1")]);
    const after = withChanges(before, [makeChange(11, [{ type: "list", id: "l1", title: "New" }])]);
    expect(after.visible.task).toBe(before.visible.task);
  });

  it("a put that changes nothing keeps the record", () => {
    const before = hydrated();
    const after = withChanges(before, [makeChange(11, [{ type: "task", id: "t1", title: tasks[0]!.title }])]);
    expect(after.visible.task).toBe(before.visible.task);
  });
});

describe("large boards", () => {
  it("a burst of 500 changes is applied at once, in one copy", () => {
    const many = Array.from({ length: 2000 }, (_, index) => makeTask(`many-${index}`));
    const replica = withSnapshot(emptyReplica(BOARD), snapshotOf([...makeBoard(BOARD), ...many], 0));
    const changes = many
      .slice(0, 500)
      .map(({ id }, index) => makeChange(index + 1, [{ type: "task", id, title: "Moved" }]));
    const after = withChanges(replica, changes);
    const moved = Object.values<Task>(after.visible.task).filter(({ title }) => title === "Moved");
    expect(after.seq).toBe(500);
    expect(moved).toHaveLength(500);
    expect(after.visible.task["many-1999"]).toBe(replica.visible.task["many-1999"]);
  });
});
