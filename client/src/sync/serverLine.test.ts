import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it } from "vitest";

import type { Command } from "../protocol/commands";
import { FakeClock } from "../testing/fakeClock";
import { FakeServer } from "../testing/fakeServer";
import { addSharedBoard, BOARD } from "../testing/sharedBoard";
import { settle, Tab } from "../testing/tab";

const CREATE: Command = { type: "task.create", board_id: BOARD, task_id: "new", list_id: "l1", title: "New", position: "a1" };
const COMPLETE: Command = { type: "task.complete", board_id: BOARD, task_id: "new" };

let server: FakeServer;
let clock: FakeClock;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  server = new FakeServer();
  clock = new FakeClock();
  addSharedBoard(server, "ada");
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
