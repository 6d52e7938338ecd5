import { forceCloseDatabase, IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import type { IDBPDatabase } from "idb";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Command } from "../protocol/commands";
import { FakeClock } from "../testing/fakeClock";
import { makeBoard, makePending } from "../testing/records";
import { homeOf, settle } from "../testing/tab";
import { snapshotReceived } from "./actions";
import { openDatabase } from "./database";
import { DeviceStorage } from "./deviceStorage";
import { createStore } from "./store";
import type { Store } from "./store";

const AT = "2026-11-22T10:00:00.000Z";
let store: Store;
let storage: DeviceStorage;
/** What is open of it. */
let connections: IDBDatabase[];

function openStorage(): DeviceStorage {
  return new DeviceStorage(store, new FakeClock(), "account");
}

const makeCommand = () => makePending({ type: "task.complete", board_id: "board", task_id: "t1" });
const state = () => store.getState().sync.storage;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  localStorage.clear();
  connections = [];
  const open = indexedDB.open.bind(indexedDB);
  indexedDB.open = (name, version) => {
    const request = open(name, version);
    request.addEventListener("success", () => connections.push(request.result));
    return request;
  };
  store = createStore();
  storage = openStorage();
  await storage.open();
});

describe("when the database has been closed under this tab", () => {
  it("what can't be read counts as nothing, and that is said", async () => {
    connections[0]!.close();
    expect(await storage.readMemories()).toEqual({ field_writes: [], look_backs: [] });
    expect(await storage.readOutbox()).toEqual([]);
    expect(state()).toBe("failed");
  });
});

describe("when the browser has taken the database away", () => {
  it("the next write opens it again", async () => {
    forceCloseDatabase(connections[0] as unknown as Parameters<typeof forceCloseDatabase>[0]);
    await settle();
    const command = makeCommand();
    storage.keepCommand(command);
    expect(await storage.readOutbox()).toEqual([command]);
    expect(state()).toBe("kept");
  });
});

describe("the outbox", () => {
  it("does not bring back what is answered while it is read", async () => {
    const [answered, waiting] = [makeCommand(), makeCommand()];
    storage.keepCommand(answered);
    storage.keepCommand(waiting);
    await storage.settled();
    const begun = vi.spyOn(IDBObjectStore.prototype, "getAll");
    const reading = storage.readOutbox();
    while (begun.mock.calls.length === 0) {
      await Promise.resolve();
    }
    storage.dropCommand(answered.command_id);
    expect(await reading).toEqual([waiting]);
    expect(store.getState().sync.replicas.board?.pending).toEqual([waiting]);
  });
});

describe("a forgotten board", () => {
  it("leaves no text of its own, and that of others as it was", async () => {
    const command: Command = { type: "task.edit", board_id: "board", task_id: "t1", title: "Mine" };
    const field = { type: "task", record_id: "t1", field: "title", at: AT } as const;
    for (const board_id of ["board", "other"]) {
      const id = `at ${board_id}`;
      const refusal = { id, board_id, command: { ...command, board_id }, code: "forbidden", message: "No.", name: "Run", at: AT } as const;
      storage.remember("refusals", refusal);
      const loss = { id, board_id, ...field, name: "Run", whose: "mine", lost: "Mine", kept: "Theirs", by: "bo" } as const;
      storage.remember("lost_values", loss);
      storage.remember("field_writes", { key: id, board_id, ...field, value: "Mine", by: "ada" });
      const jump = { epoch: "epoch", after_seq: 1, to_seq: 9, record_ids: ["t1"], records: [], pending: [] };
      storage.remember("look_backs", { id, board_id, ...jump });
      storage.remember("visits", { board_id, epoch: "epoch", seq: 1, at: 1 });
    }
    storage.forgetBoard("board");
    const { field_writes, look_backs } = await storage.readMemories();
    const { notices, lost_values, visits } = store.getState().sync;
    const left = [field_writes, look_backs, notices, lost_values, Object.values(visits)].map((kept) => kept.map(({ board_id }) => board_id));
    expect(left).toEqual(Array(5).fill(["other"]));
    expect(state()).toBe("kept");
  });
});

it("what should have been gone with an earlier sign-out is not read", async () => {
  storage.keepCommand(makeCommand());
  await storage.close();
  localStorage.setItem("lockstep.wipe.account", "yes");
  storage = openStorage();
  expect(await storage.open()).toEqual([]);
  expect(localStorage.getItem("lockstep.wipe.account")).toBeNull();
});

it("one that is closed while it opens reads nothing, and says nothing of it", async () => {
  storage.keepCommand(makeCommand());
  await storage.close();
  store = createStore();
  const clock = new FakeClock();
  const opened = new DeviceStorage(store, clock, "account");
  const opening = opened.open();
  const closing = opened.close();
  clock.advance(2_000);
  await closing;
  expect(await opening).toEqual([]);
  await settle();
  expect(store.getState().sync).toMatchObject({ storage: "kept", replicas: {} });
});

describe("while a tab of an older layout holds up the opening", () => {
  let sleeping: IDBPDatabase;
  let blocked: DeviceStorage;

  beforeEach(async () => {
    globalThis.indexedDB = new IDBFactory();
    sleeping = await openDB("lockstep-account", 3, {
      upgrade(database) {
        database.createObjectStore("boards", { keyPath: "board_id" });
        database.createObjectStore("records");
        database.createObjectStore("outbox", { autoIncrement: true }).createIndex("command_id", "command_id", { unique: true });
      },
    });
    for (const board_id of ["account", "mine", "left"]) {
      await sleeping.put("boards", { board_id, epoch: "epoch", seq: 1 });
    }
    store = createStore();
    const clock = new FakeClock();
    blocked = new DeviceStorage(store, clock, "account");
    const opening = blocked.open();
    await settle();
    clock.advance(2_000);
    await opening;
    expect(state()).toBe("blocked");
  });

  async function wake(): Promise<void> {
    sleeping.close();
    await vi.waitFor(() => expect(state()).toBe("kept"));
    await settle();
    await blocked.settled();
  }

  async function storedBoards(): Promise<IDBValidKey[]> {
    await blocked.close();
    const database = await openDatabase("account");
    const keys = await database.getAllKeys("boards");
    database.close();
    return keys;
  }

  it("a board that I was removed from before does not come back", async () => {
    store.dispatch(snapshotReceived({ board_id: "account", epoch: "epoch", seq: 2, records: homeOf("account", "mine") }));
    await wake();
    expect(Object.keys(store.getState().sync.replicas)).toEqual(["account", "mine"]);
    expect(await storedBoards()).toEqual(["account", "mine"]);
  });

  it("a board that is forgotten meanwhile does not come back, but one that I belong to again stays", async () => {
    blocked.forgetBoard("left");
    blocked.forgetBoard("mine");
    store.dispatch(snapshotReceived({ board_id: "mine", epoch: "epoch", seq: 2, records: makeBoard("mine") }));
    await wake();
    expect(Object.keys(store.getState().sync.replicas).sort()).toEqual(["account", "mine"]);
    expect(await storedBoards()).toEqual(["account", "mine"]);
  });

  it("signing out is remembered until all is gone", async () => {
    await blocked.wipe();
    expect(localStorage.getItem("lockstep.wipe.account")).not.toBeNull();
    sleeping.close();
    await vi.waitFor(async () => expect(await indexedDB.databases()).toEqual([]));
    await settle();
    expect(localStorage.getItem("lockstep.wipe.account")).toBeNull();
  });

  it("a command that is answered meanwhile waits no more, here or at the next start", async () => {
    const answered = makeCommand();
    await sleeping.add("outbox", answered);
    blocked.dropCommand(answered.command_id);
    await wake();
    expect(await blocked.readOutbox()).toEqual([]);
    await blocked.close();
    expect(await openStorage().open()).toEqual([]);
  });

  it("what is remembered and let go meanwhile is kept so", async () => {
    for (const board_id of ["mine", "other"]) {
      blocked.remember("visits", { board_id, epoch: "epoch", seq: 1, at: 1 });
    }
    blocked.remember("visits", { board_id: "mine", epoch: "epoch", seq: 2, at: 2 });
    blocked.forget("visits", "other");
    await wake();
    expect(store.getState().sync.visits).toEqual({ mine: { board_id: "mine", epoch: "epoch", seq: 2, at: 2 } });
  });

  it("it is told which boards have moved on since they were stored", async () => {
    const caughtUp = vi.fn();
    blocked.onCaughtUp = caughtUp;
    store.dispatch(snapshotReceived({ board_id: "mine", epoch: "epoch", seq: 2, records: makeBoard("mine") }));
    const write = { key: "w", board_id: "mine", type: "task", record_id: "t1", field: "title", value: "Mine", by: "me", at: AT } as const;
    blocked.remember("field_writes", write);
    await wake();
    const behind = [{ board_id: "mine", epoch: "epoch", seq: 1, records: [] }];
    expect(caughtUp).toHaveBeenCalledExactlyOnceWith({ field_writes: [write], look_backs: [] }, behind);
  });
});
