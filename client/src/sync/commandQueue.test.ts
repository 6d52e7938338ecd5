import { beforeEach, describe, expect, it } from "vitest";

import type { ClientMessage, RefusalCode } from "../protocol/messages";
import { FakeClock } from "../testing/fakeClock";
import { makePending } from "../testing/records";
import { CommandQueue } from "./commandQueue";
import type { PendingCommand } from "./state";

const create = makePending({ type: "task.create", board_id: "b", task_id: "t", list_id: "l", title: "T", position: "a0" });
const complete = makePending({ type: "task.complete", board_id: "b", task_id: "t" });
const elsewhere = makePending({ type: "task.complete", board_id: "other", task_id: "t" });

let clock: FakeClock;
let sent: string[];
let refusals: [PendingCommand, RefusalCode][];
let isLive: boolean;
let unanswered: number;
let queue: CommandQueue;

beforeEach(() => {
  clock = new FakeClock();
  sent = [];
  refusals = [];
  isLive = true;
  unanswered = 0;
  queue = new CommandQueue({
    send: (message: ClientMessage) => {
      if (isLive && message.type === "command") {
        sent.push(message.command_id);
      }
      return isLive;
    },
    clock,
    random: () => 1,
    onRefused: (pending, code) => refusals.push([pending, code]),
    onUnanswered: () => (unanswered += 1),
  });
});

function ids(...pending: PendingCommand[]): string[] {
  return pending.map(({ command_id }) => command_id);
}

describe("a queue of commands", () => {
  it("sends at once, in order, each once", () => {
    queue.add([create]);
    queue.add([complete]);
    expect(sent).toEqual(ids(create, complete));
  });

  it("keeps what was asked offline for the next connection", () => {
    isLive = false;
    queue.add([create, complete]);
    isLive = true;
    queue.connected();
    expect(sent).toEqual(ids(create, complete));
  });

  it("sends again on a new connection what was not answered, in order (R-34)", () => {
    queue.add([create, complete]);
    queue.answered(create.command_id);
    queue.connected();
    expect(sent).toEqual(ids(create, complete, complete));
  });

  it("has a bounded number on the way, and goes on with each answer", () => {
    const many = Array.from({ length: 40 }, () => makePending(complete.command));
    queue.add(many);
    expect(sent).toHaveLength(32);
    queue.answered(many[0]!.command_id);
    expect(sent).toEqual(ids(...many.slice(0, 33)));
  });

  it("tells of a refusal once and forgets the command (R-35)", () => {
    queue.add([create]);
    queue.refused(create.command_id, "forbidden", "No.");
    queue.refused(create.command_id, "forbidden", "No.");
    expect(refusals).toEqual([[create, "forbidden"]]);
    queue.connected();
    expect(sent).toEqual(ids(create));
  });

  it("asks again later where nothing was decided", () => {
    queue.add([create]);
    queue.refused(create.command_id, "unavailable", "Not now.");
    expect(refusals).toEqual([]);
    clock.advance(500);
    expect(sent).toEqual(ids(create, create));
  });

  it("takes no refusal of what followed an undecided command on its board, and sends both again in order", () => {
    queue.add([create, complete, elsewhere]);
    queue.refused(create.command_id, "unavailable", "Not now.");
    queue.refused(complete.command_id, "not_found", "No such task.");
    expect(refusals).toEqual([]);
    clock.advance(500);
    expect(sent).toEqual(ids(create, complete, elsewhere, create, complete));
  });

  it("goes on with other boards while one is undecided (R-35)", () => {
    queue.add([create]);
    queue.refused(create.command_id, "rate_limited", "Slowly.");
    queue.add([complete, elsewhere]);
    expect(sent).toEqual(ids(create, elsewhere));
  });

  it("waits longer each time nothing is decided", () => {
    queue.add([create]);
    for (const wait of [500, 1_000, 2_000]) {
      queue.refused(create.command_id, "unavailable", "Not now.");
      const before = sent.length;
      clock.advance(wait - 1);
      expect(sent).toHaveLength(before);
      clock.advance(1);
      expect(sent).toHaveLength(before + 1);
    }
  });

  it("sends nothing more once it is cleared", () => {
    queue.add([create]);
    queue.refused(create.command_id, "unavailable", "Not now.");
    queue.clear();
    clock.advance(60_000);
    queue.connected();
    expect(sent).toEqual(ids(create));
  });
});

describe("a server that answers nothing", () => {
  it("is found out after two heartbeats, once for each connection (R-42)", () => {
    queue.add([create, complete]);
    clock.advance(29_999);
    expect(unanswered).toBe(0);
    clock.advance(1);
    expect(unanswered).toBe(1);
    clock.advance(60_000);
    expect(unanswered).toBe(1);
    queue.connected();
    clock.advance(30_000);
    expect(unanswered).toBe(2);
  });

  it("is not one that is slow: each answer shows that it hears", () => {
    queue.add([create, complete, elsewhere]);
    clock.advance(25_000);
    queue.answered(create.command_id);
    clock.advance(25_000);
    queue.refused(complete.command_id, "unavailable", "Not now.");
    clock.advance(12_000);
    queue.answered(complete.command_id);
    queue.answered(elsewhere.command_id);
    clock.advance(60_000);
    expect(unanswered).toBe(0);
    expect(clock.waiting).toBe(0);
  });

  it("is nobody's fault while nothing was asked, or after signing out", () => {
    clock.advance(60_000);
    queue.add([create]);
    queue.clear();
    clock.advance(60_000);
    expect(unanswered).toBe(0);
  });
});
