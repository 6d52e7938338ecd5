import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it } from "vitest";

import type { Command } from "../protocol/commands";
import type { AnyRecord } from "../protocol/records";
import { FakeClock } from "../testing/fakeClock";
import { FakeServer } from "../testing/fakeServer";
import { makeBoard, makeTask } from "../testing/records";
import { homeOf, settle, Tab } from "../testing/tab";

const BOARD = "shared";
const AT = "2026-11-22T10:00:00.000Z";
const CREATE: Command = { type: "task.create", board_id: BOARD, task_id: "new", list_id: "l1", title: "New", position: "a1" };
const COMPLETE: Command = { type: "task.complete", board_id: BOARD, task_id: "new" };

let server: FakeServer;
let clock: FakeClock;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  server = new FakeServer();
  clock = new FakeClock();
  const members = ["ada", "bo"].map((id): AnyRecord => ({ type: "member", id, name: id, color: 0, role: "editor", joined_at: AT }));
  server.addBoard(BOARD, [...makeBoard(BOARD), ...members, makeTask("t1", { title: "Run" })]);
  server.addBoard("ada", homeOf("ada", BOARD));
});

async function flow(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) {
    server.deliverAll();
    await settle(2);
    clock.advance(500);
  }
}

async function openTab(): Promise<Tab> {
  const tab = new Tab("ada", server, clock, () => 0.5);
  await tab.open();
  return tab;
}

describe("opening the line", () => {
  it("sends what was asked before ahead of what is asked while the outbox is read", async () => {
    const before = await openTab();
    await flow();
    before.goOffline();
    void before.send(CREATE);
    await before.close();
    const after = await openTab();
    const outcome = after.send(COMPLETE);
    await flow();
    expect(await outcome).toEqual({ status: "done" });
    expect(server.boards.get(BOARD)!.records.task.new?.completed_at).not.toBeNull();
  });
});
