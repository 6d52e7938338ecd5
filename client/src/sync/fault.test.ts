import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, it } from "vitest";

import { FakeClock } from "../testing/fakeClock";
import { FakeServer } from "../testing/fakeServer";
import { addSharedBoard, BOARD } from "../testing/sharedBoard";
import { settle, Tab } from "../testing/tab";
import { selectRecords } from "./selectors";

let server: FakeServer;
let clock: FakeClock;
let ada: Tab;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  server = new FakeServer();
  clock = new FakeClock();
  addSharedBoard(server, "ada");
  ada = new Tab("ada", server, clock, () => 0.5);
  await ada.open();
  await flow();
});

async function flow(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) {
    server.deliverAll();
    await settle(2);
    clock.advance(500);
  }
}

const boardOf = (tab: Tab) => tab.store.getState().sync.replicas[BOARD]!;
const rename = (title: string) => ({ type: "task.edit", board_id: BOARD, task_id: "t1", title }) as const;

/** What the server sends next on this board arrives damaged. */
function damageNext(): void {
  const socket = [...server.sockets][0]!;
  const [text] = socket.down.splice(-1);
  const message = JSON.parse(text!) as { changes: { put: unknown[] }[] };
  message.changes[0]!.put.push({ type: "task", id: "t7", title: "Half a task" });
  socket.down.push(JSON.stringify(message));
}

it("a change that cannot be applied is rolled back, the board is read afresh, and the person is told once", async () => {
  server.command("bo", "poisoned", rename("Walk"));
  damageNext();
  await flow();
  expect(boardOf(ada)).toMatchObject({ epoch: `${BOARD}-epoch-1`, seq: 1 });
  expect(boardOf(ada).confirmed).toEqual(server.boards.get(BOARD)!.records);
  expect(ada.store.getState().sync.faults).toMatchObject([{ board_id: BOARD }]);
});

it("what was pending survives it, and later changes come as ever", async () => {
  server.command("bo", "poisoned", rename("Walk"));
  damageNext();
  void ada.send({ type: "task.edit", board_id: BOARD, task_id: "t1", notes: "Mine" });
  await flow();
  server.command("bo", "good", rename("Ride"));
  await flow();
  expect(ada.pending).toBe(0);
  expect(selectRecords(ada.store.getState(), BOARD).task.t1).toMatchObject({ title: "Ride", notes: "Mine" });
  expect(boardOf(ada).confirmed).toEqual(server.boards.get(BOARD)!.records);
});

it("a snapshot that cannot be understood is asked for again, later each time", async () => {
  const readSnapshot = server.readSnapshot.bind(server);
  const shown: (string | undefined)[] = [];
  const askedAt: number[] = [];
  server.readSnapshot = (accountId, boardId) => {
    const snapshot = readSnapshot(accountId, boardId);
    if (boardId !== BOARD) {
      return snapshot;
    }
    askedAt.push(clock.now());
    shown.push(selectRecords(ada.store.getState(), BOARD).task.t1?.title);
    return shown.length <= 2 ? { ...snapshot, records: null as never } : snapshot;
  };
  server.command("bo", "poisoned", rename("Walk"));
  damageNext();
  await flow();
  expect(shown).toEqual(["Run", "Run", "Run"]);
  expect(new Set(askedAt).size).toBe(3);
  expect(boardOf(ada).confirmed).toEqual(server.boards.get(BOARD)!.records);
});
