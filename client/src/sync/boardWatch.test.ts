import { beforeEach, describe, expect, it } from "vitest";

import type { Snapshot } from "../protocol/http";
import type { ClientMessage } from "../protocol/messages";
import type { Id } from "../protocol/records";
import { FakeClock } from "../testing/fakeClock";
import { ApiError } from "./apiError";
import { BoardWatch } from "./boardWatch";
import type { Position } from "./boardWatch";

let clock: FakeClock;
let sent: ClientMessage[];
let positions: Map<Id, Position>;
let forgotten: Id[];
let asked: Id[];
let readSnapshot: (boardId: Id) => Promise<Snapshot>;
let boards: BoardWatch;

const snapshot = (boardId: Id, seq = 5, epoch = "e"): Snapshot => ({ board_id: boardId, epoch, seq, records: [] });

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    await Promise.resolve();
  }
}

const watches = () => sent.filter(({ type }) => type === "watch");

beforeEach(() => {
  clock = new FakeClock();
  sent = [];
  positions = new Map();
  forgotten = [];
  asked = [];
  readSnapshot = (boardId) => Promise.resolve(snapshot(boardId));
  boards = new BoardWatch({
    send: (message) => {
      sent.push(message);
      return true;
    },
    readSnapshot: (boardId) => {
      asked.push(boardId);
      return readSnapshot(boardId);
    },
    clock,
    random: () => 1,
    positionOf: (boardId) => positions.get(boardId) ?? null,
    onSnapshot: ({ board_id, epoch, seq }) => positions.set(board_id, { epoch, seq }),
    onResync: (boardId) => positions.delete(boardId),
    onForgotten: (boardId) => forgotten.push(boardId),
  });
});

describe("following a board", () => {
  it("takes a snapshot where there is none, then watches from its seq", async () => {
    boards.connected();
    boards.follow(new Set(["b"]));
    await settle();
    expect(sent).toEqual([{ type: "watch", board_id: "b", epoch: "e", seq: 5 }]);
  });

  it("watches a stored copy from where it is, without a snapshot", () => {
    positions.set("b", { epoch: "e", seq: 3 });
    boards.follow(new Set(["b"]));
    expect(sent).toEqual([]);
    boards.connected();
    expect(asked).toEqual([]);
    expect(sent).toEqual([{ type: "watch", board_id: "b", epoch: "e", seq: 3 }]);
  });

  it("watches again on each connection", () => {
    positions.set("b", { epoch: "e", seq: 3 });
    boards.follow(new Set(["b"]));
    boards.connected();
    boards.watching("b", "e", 3);
    boards.disconnected();
    positions.set("b", { epoch: "e", seq: 9 });
    boards.connected();
    expect(sent.at(-1)).toEqual({ type: "watch", board_id: "b", epoch: "e", seq: 9 });
  });

  it("tries again by back-off while the snapshot cannot be had", async () => {
    readSnapshot = () => Promise.reject(new ApiError(503, "unavailable", "Oops."));
    boards.connected();
    boards.follow(new Set(["b"]));
    await settle();
    readSnapshot = (boardId) => Promise.resolve(snapshot(boardId));
    clock.advance(1_000);
    await settle();
    expect(asked).toEqual(["b", "b"]);
    expect(watches()).toHaveLength(1);
  });

  it("ends for boards that are no longer mine, and begins for new ones", async () => {
    positions.set("b", { epoch: "e", seq: 3 });
    boards.connected();
    boards.follow(new Set(["b"]));
    boards.follow(new Set(["c"]));
    await settle();
    expect(forgotten).toEqual(["b"]);
    expect(sent.map(({ type }) => type)).toEqual(["watch", "unwatch", "watch"]);
  });

  it("ignores a snapshot that comes after the board was given up", async () => {
    boards.follow(new Set(["b"]));
    boards.follow(new Set());
    await settle();
    expect(positions.size).toBe(0);
  });
});

describe("a position that is of no use", () => {
  it.each(["epoch", "trimmed", "ahead", "lagging"] as const)("(%s) leads to a snapshot", async (reason) => {
    positions.set("b", { epoch: "old", seq: 9 });
    boards.follow(new Set(["b"]));
    boards.connected();
    boards.resync("b", reason);
    await settle();
    expect(sent.at(-1)).toEqual({ type: "watch", board_id: "b", epoch: "e", seq: 5 });
  });

  it("that stays so, as behind a proxy with an old answer, is tried less and less often (R-39)", async () => {
    positions.set("b", { epoch: "old", seq: 9 });
    boards.follow(new Set(["b"]));
    boards.connected();
    const at: number[] = [];
    const begin = clock.now();
    readSnapshot = (boardId) => {
      at.push(clock.now() - begin);
      return Promise.resolve(snapshot(boardId, 1, "old"));
    };
    boards.resync("b", "epoch");
    for (let second = 0; second < 60; second += 1) {
      await settle();
      boards.resync("b", "epoch");
      await settle();
      clock.advance(1_000);
    }
    await settle();
    expect(at.length).toBeLessThan(10);
  });

  it("is noticed when the server begins elsewhere", async () => {
    positions.set("b", { epoch: "e", seq: 3 });
    boards.follow(new Set(["b"]));
    boards.connected();
    boards.watching("b", "another", 3);
    await settle();
    expect(asked).toEqual(["b"]);
  });

  it("(not_found) means that the board is not mine, and it is not asked for until I belong to it anew", () => {
    positions.set("b", { epoch: "e", seq: 3 });
    boards.follow(new Set(["b"]));
    boards.connected();
    boards.resync("b", "not_found");
    expect(forgotten).toEqual(["b"]);
    boards.follow(new Set(["b"]));
    expect(watches()).toHaveLength(1);
    boards.follow(new Set());
    boards.follow(new Set(["b"]));
    expect(watches()).toHaveLength(2);
  });
});

describe("a loss on the way", () => {
  beforeEach(() => {
    positions.set("b", { epoch: "e", seq: 3 });
    boards.follow(new Set(["b"]));
    boards.connected();
    boards.watching("b", "e", 3);
  });

  it("that shows as a hole is asked for once, from the replica's seq", () => {
    boards.holeSeen("b");
    boards.holeSeen("b");
    expect(watches()).toHaveLength(2);
    expect(watches()[1]).toEqual({ type: "watch", board_id: "b", epoch: "e", seq: 3 });
  });

  it("that shows in two heartbeats without a move is asked for", () => {
    boards.headsHeard({ b: 4 });
    expect(watches()).toHaveLength(1);
    boards.headsHeard({ b: 4 });
    expect(watches()).toHaveLength(2);
  });

  it("is none while the replica moves", () => {
    boards.headsHeard({ b: 4 });
    positions.set("b", { epoch: "e", seq: 4 });
    boards.headsHeard({ b: 5 });
    expect(watches()).toHaveLength(1);
  });
});
