import { render, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { Provider } from "react-redux";
import { beforeEach, describe, expect, it } from "vitest";

import type { AnyRecord } from "../protocol/records";
import { happen } from "../testing/happen";
import { makeBoard, makeChange, makePending, makeTask } from "../testing/records";
import {
  accountSignedIn,
  boardForgotten,
  changesReceived,
  commandDone,
  commandRefused,
  commandSent,
  connectionChanged,
  noticeDismissed,
  presenceReceived,
  snapshotReceived,
} from "./actions";
import {
  useArrival,
  useBoards,
  useBoardStatus,
  useGoalFigures,
  useMay,
  useMyTasks,
  useNotices,
  usePresence,
  useSyncStatus,
  useTask,
  useTaskCompany,
  useTasksOfList,
} from "./hooks";
import { createStore } from "./store";
import type { Store } from "./store";

const BOARD = "board";
const AT = "2026-11-22T10:00:00.000Z";
let store: Store;

function Wrapper({ children }: { children: ReactNode }) {
  return <Provider store={store}>{children}</Provider>;
}

function show<Value>(hook: () => Value): () => Value {
  const { result } = renderHook(hook, { wrapper: Wrapper });
  return () => result.current;
}

function dispatch(action: Parameters<Store["dispatch"]>[0]): Promise<void> {
  return happen(store, action);
}

function others(seq: number, put: Parameters<typeof makeChange>[1]) {
  return changesReceived({ board_id: BOARD, changes: [makeChange(seq, put)], account_id: "me", received_at: 1_000 });
}

const personal: AnyRecord[] = [
  { type: "board", id: "me", kind: "personal", title: "Personal", created_at: AT, created_by: "me", deleted_at: null },
  { type: "member", id: "me", name: "Me", color: 0, role: "owner", joined_at: AT },
  { type: "list", id: "inbox", title: "Inbox", position: "a0", created_at: AT, deleted_at: null },
  { type: "membership", id: BOARD, role: "owner", joined_at: AT },
];

beforeEach(() => {
  store = createStore();
  store.dispatch(accountSignedIn({ id: "me", email: "me@example.org", name: "Me", created_at: AT }));
  store.dispatch(snapshotReceived({ board_id: "me", epoch: "e", seq: 1, records: personal }));
  store.dispatch(
    snapshotReceived({
      board_id: BOARD,
      epoch: "e",
      seq: 10,
      records: [
        ...makeBoard(BOARD),
        { type: "list", id: "l2", title: "Later", position: "a1", created_at: AT, deleted_at: null },
        makeTask("t2", { position: "a1" }),
        makeTask("t1", { position: "a0" }),
        makeTask("t3", { list_id: "l2" }),
        makeTask("gone", { deleted_at: AT }),
      ],
    }),
  );
});

describe("tasks of a list", () => {
  it("are in the order of their positions, without the trash", () => {
    expect(show(() => useTasksOfList(BOARD, "l1"))().map(({ id }) => id)).toEqual(["t1", "t2"]);
  });

  it("a change to one task draws its row again and no other", async () => {
    const drawn: string[] = [];
    function Row({ id }: { id: string }) {
      drawn.push(`${id}: ${useTask(BOARD, id)?.title ?? ""}`);
      return null;
    }
    render(<><Row id="t1" /><Row id="t2" /></>, { wrapper: Wrapper });
    drawn.length = 0;
    await dispatch(others(11, [{ type: "task", id: "t1", title: "New" }]));
    expect(drawn).toEqual(["t1: New"]);
  });

  it("a change in one list leaves the array of another list alone", async () => {
    const later = show(() => useTasksOfList(BOARD, "l2"));
    const before = later();
    await dispatch(others(11, [{ type: "task", id: "t1", title: "New" }]));
    expect(later()).toBe(before);
  });

  it("shows a guess at once and takes it back with a notice when it is refused", async () => {
    const tasks = show(() => useTasksOfList(BOARD, "l1"));
    const notices = show(useNotices);
    const pending = makePending({ type: "task.delete", board_id: BOARD, task_id: "t1" });
    await dispatch(commandSent(pending));
    expect(tasks().map(({ id }) => id)).toEqual(["t2"]);
    const notice = { id: pending.command_id, board_id: BOARD, command: pending.command, name: "Task t1", at: AT };
    await dispatch(commandRefused({ pending, notice: { ...notice, code: "forbidden", message: "You may not." } }));
    expect(tasks().map(({ id }) => id)).toEqual(["t1", "t2"]);
    expect(notices()).toMatchObject([{ board_id: BOARD, code: "forbidden", message: "You may not." }]);
    await dispatch(noticeDismissed({ notice_id: notices()[0]!.id }));
    expect(notices()).toEqual([]);
  });
});

describe("what a board shows with a task", () => {
  it("is my role, the members, how many comments there are, its goal, and who changed it last", async () => {
    const company = show(() => useTaskCompany(BOARD, "t1"));
    expect(company()).toEqual({
      role: "owner",
      members: [expect.objectContaining({ id: "me" })],
      comment_count: 0,
      goal: undefined,
      arrival: undefined,
      arrived_by: undefined,
    });
    const comment = { type: "comment", text: "Well done", created_at: AT, created_by: "me", edited_at: null, deleted_at: null } as const;
    await dispatch(
      others(11, [
        { type: "member", id: "somebody", name: "Bo", color: 3, role: "editor", joined_at: AT },
        { ...comment, id: "c1", task_id: "t1", goal_id: null },
        { ...comment, id: "c2", task_id: "t2", goal_id: null },
        { type: "goal", id: "g1", title: "Run a marathon", created_at: AT, deleted_at: null },
        { type: "link", id: "k1", task_id: "t1", goal_id: "g1", key_result_id: null },
        { type: "task", id: "t1", title: "New" },
      ]),
    );
    expect(company()).toMatchObject({
      members: [{ id: "me" }, { id: "somebody" }],
      comment_count: 1,
      goal: { title: "Run a marathon" },
      arrival: { by: "somebody", at: 1_000 },
      arrived_by: { name: "Bo" },
    });
  });

  it("stays what it is while other tasks change", async () => {
    const drawn: string[] = [];
    function Card() {
      useTaskCompany(BOARD, "t1");
      drawn.push("t1");
      return null;
    }
    render(<Card />, { wrapper: Wrapper });
    drawn.length = 0;
    await dispatch(others(11, [{ type: "task", id: "t2", title: "New" }]));
    expect(drawn).toEqual([]);
    await dispatch(others(12, [{ type: "task", id: "t1", title: "New" }]));
    expect(drawn).toEqual(["t1"]);
  });
});

describe("my tasks of all boards", () => {
  it("are all of mine at home and what is given to me elsewhere, done ones only since a moment", async () => {
    const mine = show(() => useMyTasks("2026-11-22T00:00:00.000Z"));
    await dispatch(
      changesReceived({
        board_id: "me",
        changes: [
          makeChange(2, [
            makeTask("home", { list_id: "inbox" }),
            makeTask("done-today", { list_id: "inbox", completed_at: "2026-11-22T08:00:00.000Z" }),
            makeTask("done-before", { list_id: "inbox", completed_at: "2026-11-20T08:00:00.000Z" }),
          ]),
        ],
        account_id: "me",
        received_at: 0,
      }),
    );
    await dispatch(others(11, [{ type: "task", id: "t2", assignee_ids: ["me"] }]));
    expect(mine().map(({ board_id, task }) => [board_id, task.id])).toEqual([
      ["me", "home"],
      ["me", "done-today"],
      [BOARD, "t2"],
    ]);
  });

  it("are not in lists that are in the trash", async () => {
    const mine = show(() => useMyTasks(AT));
    await dispatch(others(11, [{ type: "task", id: "t3", assignee_ids: ["me"] }]));
    expect(mine()).toHaveLength(1);
    await dispatch(others(12, [{ type: "list", id: "l2", deleted_at: AT }]));
    expect(mine()).toEqual([]);
  });
});

describe("boards", () => {
  it("come with the personal one first", () => {
    expect(show(useBoards)().map(({ board, role }) => [board.title, role])).toEqual([
      ["Personal", "owner"],
      ["Spring", "owner"],
    ]);
  });

  it("are ready, loading or absent", async () => {
    const status = (boardId: string) => show(() => useBoardStatus(boardId))();
    expect([status(BOARD), status("unknown")]).toEqual(["ready", "absent"]);
    await dispatch(boardForgotten({ board_id: BOARD }));
    expect(status(BOARD)).toBe("loading");
  });

  it("a role allows what the table says", async () => {
    const may = show(() => [useMay(BOARD, "task.create"), useMay(BOARD, "board.delete"), useMay(BOARD, "board.create")]);
    expect(may()).toEqual([true, true, true]);
    await dispatch(others(11, [{ type: "member", id: "me", role: "commenter" }]));
    expect(may()).toEqual([false, false, true]);
  });
});

describe("the line about my changes", () => {
  it("says saved, saving, offline with a count, and reconnecting", async () => {
    const status = show(useSyncStatus);
    const pending = makePending({ type: "task.complete", board_id: BOARD, task_id: "t1" });
    await dispatch(connectionChanged({ kind: "live", connection_id: "c" }));
    expect(status()).toEqual({ kind: "saved" });
    await dispatch(commandSent(pending));
    expect(status()).toEqual({ kind: "saving", waiting: 1 });
    await dispatch(connectionChanged({ kind: "offline" }));
    expect(status()).toEqual({ kind: "offline", waiting: 1 });
    await dispatch(connectionChanged({ kind: "waiting", until: 0 }));
    expect(status()).toEqual({ kind: "reconnecting", waiting: 1 });
    await dispatch(connectionChanged({ kind: "live", connection_id: "c" }));
    await dispatch(commandDone({ command_id: pending.command_id, board_id: BOARD, seq: 11 }));
    expect(status()).toEqual({ kind: "saved" });
  });
});

describe("others", () => {
  it("are seen to change something, I am not", async () => {
    const arrival = show(() => useArrival("t1"));
    await dispatch(others(11, [{ type: "task", id: "t1", title: "New" }]));
    expect(arrival()).toEqual({ by: "somebody", at: 1_000 });
    const mine = show(() => useArrival("t2"));
    const change = { ...makeChange(12, [{ type: "task", id: "t2", title: "Mine" }]), by: "me" };
    await dispatch(changesReceived({ board_id: BOARD, changes: [change], account_id: "me", received_at: 1_000 }));
    expect(mine()).toBeUndefined();
  });

  it("are here while there is a connection", async () => {
    const people = show(() => usePresence(BOARD));
    await dispatch(connectionChanged({ kind: "live", connection_id: "c" }));
    await dispatch(presenceReceived({ board_id: BOARD, people: [{ account_id: "bo", connections: 1, task_ids: [] }] }));
    expect(people()).toHaveLength(1);
    await dispatch(connectionChanged({ kind: "offline" }));
    expect(people()).toEqual([]);
  });
});

describe("a goal", () => {
  it("moves with each linked task that is done", async () => {
    const figures = show(() => useGoalFigures(BOARD, "g"));
    expect(figures().progress).toBeNull();
    await dispatch(
      others(11, [
        {
          type: "key_result",
          id: "k",
          goal_id: "g",
          title: "Runs",
          position: "a0",
          unit: "",
          source: "task_count",
          start_value: 0,
          target_value: 2,
          current_value: 0,
          created_at: AT,
          measured_on: null,
          measured_by: null,
          deleted_at: null,
        },
        { type: "link", id: "x", goal_id: "g", key_result_id: "k", task_id: "t1" },
      ]),
    );
    expect(figures().progress).toBe(0);
    await dispatch(commandSent(makePending({ type: "task.complete", board_id: BOARD, task_id: "t1" })));
    expect(figures()).toMatchObject({ progress: 0.5, key_results: [{ current: 1, progress: 0.5 }] });
  });
});
