import { beforeEach, describe, expect, it } from "vitest";

import type { ClientMessage } from "../protocol/messages";
import { FakeClock } from "../testing/fakeClock";
import { Receipt } from "./receipt";

let clock: FakeClock;
let said: ClientMessage[];
let isLive: boolean;
let receipt: Receipt;

beforeEach(() => {
  clock = new FakeClock();
  said = [];
  isLive = true;
  receipt = new Receipt({
    clock,
    send: (message) => {
      if (isLive) {
        said.push(message);
      }
      return isLive;
    },
  });
});

const at = (seq: number) => ({ epoch: "e", seq });

describe("what a device says it has stored", () => {
  it("is the newest of each board, at most every five seconds", () => {
    receipt.stored("a", at(1));
    receipt.stored("a", at(2));
    receipt.stored("b", at(7));
    clock.advance(4_999);
    expect(said).toEqual([]);
    clock.advance(1);
    const boards = [
      { board_id: "a", epoch: "e", seq: 2 },
      { board_id: "b", epoch: "e", seq: 7 },
    ];
    expect(said).toEqual([{ type: "confirmed", boards }]);
    clock.advance(60_000);
    expect(said).toHaveLength(1);
  });

  it("is said at once when the device is put away", () => {
    receipt.stored("a", at(1));
    receipt.sayNow();
    expect(said).toHaveLength(1);
    expect(clock.waiting).toBe(0);
  });

  it("waits for a connection, and is said again on each new one", () => {
    isLive = false;
    receipt.stored("a", at(1));
    clock.advance(5_000);
    expect(said).toEqual([]);
    isLive = true;
    receipt.connected();
    clock.advance(5_000);
    receipt.connected();
    clock.advance(5_000);
    expect(said).toHaveLength(2);
  });

  it("goes in messages of a hundred boards", () => {
    for (let board = 0; board < 101; board += 1) {
      receipt.stored(`b${board}`, at(1));
    }
    receipt.sayNow();
    expect(said.map((message) => message.type === "confirmed" && message.boards.length)).toEqual([100, 1]);
  });

  it("says nothing of a board that was forgotten", () => {
    receipt.stored("a", at(1));
    receipt.forgotten("a");
    receipt.sayNow();
    expect(said).toEqual([]);
  });
});
