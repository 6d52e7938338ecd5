import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { AnyRecord } from "../protocol/records";
import { makeBoard, makeChange, makePending, makeTask } from "../testing/records";
import { deleteDatabase, openDatabase } from "./database";
import type { Database } from "./database";
import { Outbox } from "./outbox";
import { emptyReplica, withChanges, withSnapshot } from "./replica";
import type { Replica } from "./state";
import { forgetStoredReplica, readStoredReplicas, storeReplica } from "./storedReplica";

const BOARD = "board";
let database: Database;

function replica(records: AnyRecord[], seq = 10, epoch = "epoch"): Replica {
  return withSnapshot(emptyReplica(BOARD), { board_id: BOARD, epoch, seq, records });
}

const first = () => replica([...makeBoard(BOARD), makeTask("t1"), makeTask("t2")]);

/** What the next start would show. */
async function stored(): Promise<Replica | undefined> {
  const [snapshot] = await readStoredReplicas(database);
  return snapshot === undefined ? undefined : withSnapshot(emptyReplica(snapshot.board_id), snapshot);
}

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  database = await openDatabase("account");
});

describe("a stored replica", () => {
  it("comes back as it was", async () => {
    await storeReplica(database, null, first());
    expect(await stored()).toEqual(first());
  });

  it("follows by what has changed, removals too", async () => {
    const before = first();
    const after = withChanges(before, [
      makeChange(11, [{ type: "task", id: "t1", title: "New" }]),
      { ...makeChange(12), remove: [{ type: "task", id: "t2" }] },
    ]);
    await storeReplica(database, null, before);
    await storeReplica(database, before, after);
    expect(await stored()).toEqual(after);
  });

  it("is left alone by a tab that is behind", async () => {
    const behind = first();
    const ahead = withChanges(behind, [makeChange(11, [{ type: "task", id: "t1", title: "New" }])]);
    await storeReplica(database, null, ahead);
    await storeReplica(database, null, behind);
    expect(await stored()).toEqual(ahead);
  });

  it("is led on by a tab whose last state is older than what another has stored", async () => {
    const zero = first();
    const one = withChanges(zero, [makeChange(11, [{ type: "task", id: "t1", title: "One" }])]);
    const two = withChanges(one, [makeChange(12, [{ type: "task", id: "t2", title: "Two" }])]);
    await storeReplica(database, null, one);
    await storeReplica(database, zero, two);
    expect(await stored()).toEqual(two);
  });

  it("does not keep what came and went while another tab stored only that it came", async () => {
    const zero = first();
    const one = withChanges(zero, [makeChange(11, [makeTask("t3")])]);
    const two = withChanges(one, [{ ...makeChange(12), remove: [{ type: "task", id: "t3" }] }]);
    await storeReplica(database, null, one);
    await storeReplica(database, zero, two);
    expect(await stored()).toEqual(two);
  });

  it("is written anew where what is stored is older than the tab's last state", async () => {
    const zero = first();
    const one = withChanges(zero, [makeChange(11, [{ type: "task", id: "t1", title: "One" }])]);
    const two = withChanges(one, [makeChange(12, [{ type: "task", id: "t2", title: "Two" }])]);
    await storeReplica(database, null, zero);
    await storeReplica(database, one, two);
    expect(await stored()).toEqual(two);
  });

  it("is written anew in another epoch, without what was there before", async () => {
    const restored = replica([...makeBoard(BOARD), makeTask("t9")], 2, "next");
    await storeReplica(database, null, first());
    await storeReplica(database, first(), restored);
    expect(await stored()).toEqual(restored);
  });

  it("of more records than are written at once comes back whole", async () => {
    const large = replica([...makeBoard(BOARD), ...Array.from({ length: 250 }, (_, index) => makeTask(`t${index}`))]);
    await storeReplica(database, null, large);
    expect(await stored()).toEqual(large);
  });

  it("is not stored in part when writing breaks off", async () => {
    const large = replica([...makeBoard(BOARD), ...Array.from({ length: 250 }, (_, index) => makeTask(`t${index}`))]);
    const put = IDBObjectStore.prototype.put;
    let puts = 0;
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, value, key) {
      puts += 1;
      if (puts > 150) {
        throw new DOMException("It can't be cloned.", "DataCloneError");
      }
      return put.call(this, value, key);
    });
    await storeReplica(database, null, first());
    puts = 0;
    await expect(storeReplica(database, null, { ...large, seq: 11 })).rejects.toThrow("cloned");
    vi.restoreAllMocks();
    expect(await stored()).toEqual(first());
  });

  it("is forgotten without touching another board", async () => {
    const other = withSnapshot(emptyReplica("board-2"), { board_id: "board-2", epoch: "e", seq: 1, records: [makeTask("x")] });
    await storeReplica(database, null, first());
    await storeReplica(database, null, other);
    await forgetStoredReplica(database, BOARD);
    expect((await readStoredReplicas(database)).map(({ board_id }) => board_id)).toEqual(["board-2"]);
  });
});

describe("the outbox", () => {
  it("gives commands back in the order in which they were asked", async () => {
    const outbox = new Outbox(database);
    const asked = ["t3", "t1", "t2"].map((task_id) => makePending({ type: "task.complete", board_id: BOARD, task_id }));
    for (const pending of asked) {
      await outbox.add(pending);
    }
    await outbox.remove(asked[1]!.command_id);
    await outbox.remove("unknown");
    expect(await outbox.read()).toEqual([asked[0], asked[2]]);
  });

  it("is gone with the account's database", async () => {
    await new Outbox(database).add(makePending({ type: "task.complete", board_id: BOARD, task_id: "t1" }));
    await deleteDatabase("account");
    database = await openDatabase("account");
    expect(await new Outbox(database).read()).toEqual([]);
  });
});

describe("a newer version of the application", () => {
  it("that only adds a store keeps the copies of boards", async () => {
    database.close();
    await deleteDatabase("account");
    await new Promise<void>((resolve) => {
      const request = indexedDB.open("lockstep-account", 3);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("boards", { keyPath: "board_id" }).add({ board_id: BOARD, epoch: "epoch", seq: 7 });
        request.result.createObjectStore("records");
      };
      request.onsuccess = () => {
        request.result.close();
        resolve();
      };
    });
    database = await openDatabase("account");
    expect(await readStoredReplicas(database)).toMatchObject([{ board_id: BOARD, seq: 7 }]);
    expect([...database.objectStoreNames]).toContain("look_backs");
  });
});
