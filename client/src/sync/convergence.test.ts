import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it } from "vitest";

import type { Command } from "../protocol/commands";
import type { AnyRecord, Id } from "../protocol/records";
import { FakeClock } from "../testing/fakeClock";
import { FakeServer } from "../testing/fakeServer";
import type { FakeSocket } from "../testing/fakeServer";
import { seeded } from "../testing/random";
import { makeBoard, makeTask } from "../testing/records";
import { homeOf, settle, Tab } from "../testing/tab";
import { selectRecords } from "./selectors";
import type { Outcome } from "./sync";

const BOARD = "shared";
const PEOPLE = ["ada", "bo", "cy"];
const STEPS = 150;
/** Found seeds stay here for ever, with what they found. */
const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);

const AT = "2026-11-22T10:00:00.000Z";

class World {
  readonly server = new FakeServer();
  readonly clock = new FakeClock();
  readonly random: () => number;
  readonly tabs = new Map<Id, Tab>();
  readonly asked: Command[] = [];
  readonly outcomes: Outcome[] = [];
  #made = 0;

  constructor(seed: number) {
    this.random = seeded(seed);
    this.server.addBoard(BOARD, [
      ...makeBoard(BOARD),
      ...PEOPLE.map((id): AnyRecord => ({ type: "member", id, name: id, color: 0, role: "editor", joined_at: AT })),
      ...["t1", "t2", "t3"].map((id) => makeTask(id)),
    ]);
    for (const id of PEOPLE) {
      this.server.addBoard(id, homeOf(id, BOARD));
    }
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.random() * items.length)]!;
  }

  /** Undefined when everybody is offline. */
  pickSocket(): FakeSocket | undefined {
    return [...this.server.sockets][Math.floor(this.random() * this.server.sockets.size)];
  }

  async openTab(accountId: Id): Promise<void> {
    const tab = new Tab(accountId, this.server, this.clock, this.random);
    this.tabs.set(accountId, tab);
    await tab.open();
  }

  /** Something that this person can see to do now. */
  command(tab: Tab): Command {
    const task_id = this.pick(Object.keys(selectRecords(tab.store.getState(), BOARD).task).concat("t1"));
    this.#made += 1;
    const mark = `${tab.accountId}-${this.#made}`;
    return this.pick<Command>([
      { type: "task.create", board_id: BOARD, task_id: mark, list_id: "l1", title: mark, position: "a1" },
      { type: "task.edit", board_id: BOARD, task_id, title: mark },
      { type: "task.edit", board_id: BOARD, task_id, notes: mark },
      { type: "task.complete", board_id: BOARD, task_id },
      { type: "task.reopen", board_id: BOARD, task_id },
      { type: "task.delete", board_id: BOARD, task_id },
      { type: "task.restore", board_id: BOARD, task_id },
      { type: "task.assign", board_id: BOARD, task_id, account_id: this.pick(PEOPLE) },
      { type: "comment.create", board_id: BOARD, comment_id: mark, text: mark, task_id },
    ]);
  }

  async step(): Promise<void> {
    const socket = this.pickSocket();
    const tab = this.pick([...this.tabs.values()]);
    const chance = this.random();
    if (chance < 0.3) {
      const command = this.command(tab);
      this.asked.push(command);
      void tab.send(command).then((outcome) => this.outcomes.push(outcome));
    } else if (chance < 0.85) {
      if (socket !== undefined) {
        this.server.step(socket, this.pick(["up", "down"]));
      }
    } else if (chance < 0.9) {
      if (socket !== undefined) {
        this.server.cut(socket, this.pick([1001, 1006, 4401, 4409]));
      }
    } else if (chance < 0.95) {
      this.clock.advance(this.random() * 3_000);
    } else if (chance < 0.97) {
      this.loseLog();
    } else {
      await tab.close();
      await this.openTab(tab.accountId);
    }
    await settle(1);
  }

  /** The log is trimmed, or a restored backup begins another one. */
  loseLog(): void {
    const board = this.server.boards.get(BOARD)!;
    board.floor = board.log.at(-1)?.seq ?? board.floor;
    board.log = [];
    if (this.random() < 0.5) {
      board.epoch = `epoch-${this.random()}`;
      for (const socket of [...this.server.sockets]) {
        this.server.cut(socket);
      }
    }
  }

  async heal(): Promise<void> {
    this.server.refuse = () => null;
    for (let turn = 0; turn < 60; turn += 1) {
      this.server.deliverAll();
      await settle(2);
      this.clock.advance(1_000);
    }
  }
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe("after any disturbance all replicas are equal to the server", () => {
  it.each(SEEDS)("seed %i", async (seed) => {
    const world = new World(seed);
    world.server.refuse = (command) =>
      command.type === "task.assign" && world.random() < 0.2 ? "conflict" : world.random() < 0.1 ? "unavailable" : null;
    for (const id of PEOPLE) {
      await world.openTab(id);
    }
    for (let step = 0; step < STEPS; step += 1) {
      await world.step();
    }
    await world.heal();

    const truth = world.server.boards.get(BOARD)!.records;
    for (const tab of world.tabs.values()) {
      const replica = tab.store.getState().sync.replicas[BOARD]!;
      expect(tab.pending).toBe(0);
      expect(replica.confirmed).toEqual(truth);
      expect(replica.visible).toEqual(truth);
      await tab.close();
    }
    // Everybody acts on tasks they see, so nothing is unknown unless an undecided command was overtaken.
    const lost = world.outcomes.filter((outcome) => outcome.status === "refused" && outcome.code === "not_found");
    expect(lost).toEqual([]);
    const created = world.asked.filter((command) => command.type === "task.create");
    expect(created.filter(({ task_id }) => truth.task[task_id] === undefined)).toEqual([]);
  });
});
