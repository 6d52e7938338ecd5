import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Id } from "../../protocol/records";
import { FakeClock } from "../../testing/fakeClock";
import { FakeServer } from "../../testing/fakeServer";
import { addSharedBoard, BOARD } from "../../testing/sharedBoard";
import { settle, Tab } from "../../testing/tab";
import * as database from "../database";
import { selectRecords } from "../selectors";
import { selectLostValues } from "./selectLostValues";

vi.mock("../database", { spy: true });

let server: FakeServer;
let clock: FakeClock;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  server = new FakeServer();
  clock = new FakeClock();
  addSharedBoard(server, "ada", "bo");
});

async function open(accountId: Id): Promise<Tab> {
  const tab = new Tab(accountId, server, clock, () => 0.5);
  await tab.open();
  await flow();
  return tab;
}

async function flow(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) {
    server.deliverAll();
    await settle(2);
    clock.advance(200);
  }
}

const socketOf = (accountId: Id) => [...server.sockets].find((socket) => socket.account_id === accountId)!;
const rename = (tab: Tab, title: string) => tab.send({ type: "task.edit", board_id: BOARD, task_id: "t1", title });
const titleOn = (tab: Tab) => selectRecords(tab.store.getState(), BOARD).task.t1!.title;
const lost = (tab: Tab) => selectLostValues(tab.store.getState());

describe("two who write the same field, each without a connection", () => {
  async function bothReturn(): Promise<{ ada: Tab; bo: Tab }> {
    const ada = await open("ada");
    const bo = await open("bo");
    ada.goOffline();
    bo.goOffline();
    void rename(ada, "Ada's");
    void rename(bo, "Bo's");
    clock.advance(3_600_000);
    ada.goOnline();
    await flow();
    clock.advance(3_600_000);
    bo.goOnline();
    await flow();
    return { ada, bo };
  }

  it("see the same in the end, and both are told of the value that was lost (R-44)", async () => {
    const { ada, bo } = await bothReturn();
    expect([titleOn(ada), titleOn(bo)]).toEqual(["Bo's", "Bo's"]);
    expect(lost(ada)).toMatchObject([{ whose: "mine", lost: "Ada's", by: "bo" }]);
    expect(lost(bo)).toMatchObject([{ whose: "theirs", lost: "Ada's", by: "ada" }]);
  });

  it("can have it back, and nobody is told again (R-45)", async () => {
    const { ada, bo } = await bothReturn();
    expect(ada.sync.restoreValue(lost(ada)[0]!.id)).toBe(true);
    await flow();
    expect([titleOn(ada), titleOn(bo)]).toEqual(["Ada's", "Ada's"]);
    expect(lost(ada)).toEqual([]);
    // Bo's own notice was about the same value, which is there again.
    expect(lost(bo).map((loss) => loss.lost)).not.toContain("Ada's");
  });

  it("find what was lost after a reload, until they let it go (R-44)", async () => {
    const { ada } = await bothReturn();
    await ada.close();
    const again = await open("ada");
    expect(lost(again)).toMatchObject([{ lost: "Ada's" }]);
    again.sync.dismissLostValue(lost(again)[0]!.id);
    await again.close();
    expect(lost(await open("ada"))).toEqual([]);
  });
});

it("tells what was lost while the application was closed (R-46)", async () => {
  const ada = await open("ada");
  void rename(ada, "Ada's");
  await flow();
  await ada.close();
  server.command("bo", "late", { type: "task.edit", board_id: BOARD, task_id: "t1", title: "Bo's" });
  expect(lost(await open("ada"))).toMatchObject([{ whose: "mine", lost: "Ada's" }]);
});

it("tells what was lost where a snapshot jumped over it (R-46)", async () => {
  const ada = await open("ada");
  ada.goOffline();
  void rename(ada, "Ada's");
  server.command("bo", "first", { type: "task.edit", board_id: BOARD, task_id: "t1", title: "Bo's" });
  server.trim(BOARD);
  ada.goOnline();
  await flow();
  expect(titleOn(ada)).toBe("Ada's");
  expect(lost(ada)).toMatchObject([{ whose: "theirs", lost: "Bo's", by: "bo" }]);
});

describe("where the log could not be asked what a snapshot jumped over", () => {
  beforeEach(async () => {
    const ada = await open("ada");
    server.isLogDown = true;
    await renameUnanswered(ada);
    expect(lost(ada)).toEqual([]);
    await ada.close();
    server.isLogDown = false;
  });

  it("it is asked after a reload, and what was lost is told by its name (R-46)", async () => {
    expect(lost(await open("ada"))).toMatchObject([{ whose: "theirs", lost: "Bo's", by: "bo", name: "Run" }]);
  });

  it("it is asked once", async () => {
    await (await open("ada")).close();
    const reads = server.logReads;
    await open("ada");
    expect(server.logReads).toBe(reads);
  });
});

/** Ada's rename replaces Bo's, which she does not see; the answer is lost, and a snapshot has both. */
async function renameUnanswered(ada: Tab): Promise<void> {
  server.command("bo", "first", { type: "task.edit", board_id: BOARD, task_id: "t1", title: "Bo's" });
  socketOf("ada").down.length = 0;
  void rename(ada, "Ada's");
  server.step(socketOf("ada"), "up");
  server.cut(socketOf("ada"));
  server.trim(BOARD);
  clock.advance(60_000);
  await flow();
  expect(ada.pending).toBe(0);
}

it("tells what was lost although the answer was, too, and the snapshot has both (R-46)", async () => {
  const ada = await open("ada");
  await renameUnanswered(ada);
  expect(lost(ada)).toMatchObject([{ whose: "theirs", lost: "Bo's", by: "bo" }]);
});

it("tells what was lost before the server was heard while another tab held up the store (R-46)", async () => {
  const before = await open("ada");
  void rename(before, "Ada's");
  await flow();
  await before.close();
  server.command("bo", "late", { type: "task.edit", board_id: BOARD, task_id: "t1", title: "Bo's" });
  let wake: () => void = () => undefined;
  const { openDatabase } = await vi.importActual<typeof database>("../database");
  vi.mocked(database.openDatabase).mockImplementationOnce(async (...args) => {
    await new Promise<void>((resolve) => (wake = resolve));
    return openDatabase(...args);
  });
  const ada = new Tab("ada", server, clock, () => 0.5);
  const opening = ada.open();
  await settle();
  clock.advance(2_000);
  await opening;
  await flow();
  expect(titleOn(ada)).toBe("Bo's");
  expect(ada.store.getState().sync.storage).toBe("blocked");
  wake();
  await flow();
  expect(lost(ada)).toMatchObject([{ whose: "mine", lost: "Ada's", by: "bo" }]);
});

it("tells nothing of edits of different fields (R-44)", async () => {
  const ada = await open("ada");
  const bo = await open("bo");
  void rename(ada, "Ada's");
  void bo.send({ type: "task.edit", board_id: BOARD, task_id: "t1", notes: "Bo's" });
  await flow();
  expect(selectRecords(ada.store.getState(), BOARD).task.t1).toMatchObject({ title: "Ada's", notes: "Bo's" });
  expect([lost(ada), lost(bo)]).toEqual([[], []]);
});
