import type { ClientMessage, RefusalCode } from "../protocol/messages";
import type { Id } from "../protocol/records";
import type { Clock } from "./clock";
import type { PendingCommand } from "./state";

/** So many commands may be on their way at once; the node reads no further than twice as many. */
const WINDOW = 32;
const AGAIN_FIRST_MS = 500;
const AGAIN_LONGEST_MS = 15_000;
/** Two heartbeats. The server decides within a few seconds, or says that it can't: so long nothing means it never heard. */
const ANSWER_MS = 30_000;

export interface CommandQueueParts {
  /** Whether it went out. */
  readonly send: (message: ClientMessage) => boolean;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onRefused: (pending: PendingCommand, code: RefusalCode, message: string) => void;
  /** What was sent does not arrive, it seems. */
  readonly onUnanswered: () => void;
}

/**
 * The pending commands on their way to the server: in order, a bounded number at a time, each sent again on every new
 * connection until it is answered. The server does a command once, however often it comes.
 */
export class CommandQueue {
  #waiting = new Map<Id, PendingCommand>();
  readonly #onTheWay = new Set<Id>();
  /** Boards on which the server decided nothing for a while: what followed there may have been refused only for that. */
  readonly #stalledBoards = new Set<Id>();
  #stalls = 0;
  #cancelAgain: (() => void) | null = null;
  #cancelAnswer: (() => void) | null = null;

  constructor(private readonly parts: CommandQueueParts) {}

  add(pending: readonly PendingCommand[]): void {
    for (const command of pending) {
      this.#waiting.set(command.command_id, command);
    }
    this.#pump();
  }

  /** What was asked before all that waits here. */
  addOlder(pending: readonly PendingCommand[]): void {
    const older = pending.map((command): [Id, PendingCommand] => [command.command_id, command]);
    this.#waiting = new Map([...older, ...this.#waiting]);
    this.#pump();
  }

  /** A new connection: what was on its way on the last one may have been lost. */
  connected(): void {
    this.#cancelAgain?.();
    this.#cancelAgain = null;
    this.#stalledBoards.clear();
    this.#onTheWay.clear();
    this.#expectAnswer();
    this.#pump();
  }

  /** The command, if it is still waiting for its answer. */
  waiting(commandId: Id): PendingCommand | undefined {
    return this.#waiting.get(commandId);
  }

  answered(commandId: Id): void {
    this.#onTheWay.delete(commandId);
    this.#expectAnswer();
    if (this.#waiting.delete(commandId)) {
      this.#stalls = 0;
      this.#pump();
    }
  }

  refused(commandId: Id, code: RefusalCode, message: string): void {
    const pending = this.#waiting.get(commandId);
    if (pending === undefined) {
      return;
    }
    this.#expectAnswer();
    const boardId = pending.command.board_id;
    if (code === "unavailable" || code === "rate_limited") {
      this.#stall(boardId);
    } else if (!this.#stalledBoards.has(boardId)) {
      this.answered(commandId);
      this.parts.onRefused(pending, code, message);
    }
  }

  /** Signed out: nothing of this account goes out any more. */
  clear(): void {
    this.#cancelAgain?.();
    this.#cancelAgain = null;
    this.#waiting = new Map();
    this.#onTheWay.clear();
    this.#stalledBoards.clear();
    this.#expectAnswer();
  }

  /** Any answer shows that what is sent arrives; from then on the next one is waited for. */
  #expectAnswer(): void {
    this.#cancelAnswer?.();
    this.#cancelAnswer =
      this.#onTheWay.size === 0 ? null : this.parts.clock.after(ANSWER_MS, () => this.parts.onUnanswered());
  }

  #stall(boardId: Id): void {
    this.#stalledBoards.add(boardId);
    if (this.#cancelAgain !== null) {
      return;
    }
    const longest = Math.min(AGAIN_LONGEST_MS, AGAIN_FIRST_MS * 2 ** this.#stalls);
    this.#stalls += 1;
    // Half of it for certain: an answer to the first sending should be here before the second.
    this.#cancelAgain = this.parts.clock.after(longest * (0.5 + this.parts.random() / 2), () => {
      this.#cancelAgain = null;
      for (const pending of this.#waiting.values()) {
        if (this.#stalledBoards.has(pending.command.board_id)) {
          this.#onTheWay.delete(pending.command_id);
        }
      }
      this.#stalledBoards.clear();
      this.#pump();
    });
  }

  #pump(): void {
    for (const { command_id, command } of this.#waiting.values()) {
      if (this.#onTheWay.size >= WINDOW) {
        return;
      }
      if (this.#onTheWay.has(command_id) || this.#stalledBoards.has(command.board_id)) {
        continue;
      }
      if (!this.parts.send({ type: "command", command_id, command })) {
        return;
      }
      this.#onTheWay.add(command_id);
      if (this.#onTheWay.size === 1) {
        this.#expectAnswer();
      }
    }
  }
}
