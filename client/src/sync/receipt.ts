import type { ClientMessage } from "../protocol/messages";
import type { Id } from "../protocol/records";
import type { Position } from "./boardWatch";
import type { Clock } from "./clock";

/** Said together within this: nobody looks at the list of devices more often. */
const SAY_AFTER_MS = 5_000;
/** As many as one message may name. */
const BOARDS_LIMIT = 100;

export interface ReceiptParts {
  /** Whether it went out. */
  readonly send: (message: ClientMessage) => boolean;
  readonly clock: Clock;
}

/** Tells the server up to where this device has stored each board, so that its owner can see it from another one. */
export class Receipt {
  readonly #stored = new Map<Id, Position>();
  readonly #unsaid = new Set<Id>();
  #cancel: (() => void) | null = null;

  constructor(private readonly parts: ReceiptParts) {}

  /** A board is safe on this device up to here. */
  stored(boardId: Id, position: Position): void {
    this.#stored.set(boardId, position);
    this.#unsaid.add(boardId);
    this.#saySoon();
  }

  forgotten(boardId: Id): void {
    this.#stored.delete(boardId);
    this.#unsaid.delete(boardId);
  }

  /** A new connection: says all of it once, so that the server knows this device to be here with it. */
  connected(): void {
    for (const boardId of this.#stored.keys()) {
      this.#unsaid.add(boardId);
    }
    this.#saySoon();
  }

  /** This may be the last that is heard of this device for long. */
  sayNow(): void {
    this.#cancel?.();
    this.#cancel = null;
    const boardIds = [...this.#unsaid];
    for (let at = 0; at < boardIds.length; at += BOARDS_LIMIT) {
      const some = boardIds.slice(at, at + BOARDS_LIMIT);
      const [first, ...others] = some.flatMap((board_id) => {
        const position = this.#stored.get(board_id);
        return position === undefined ? [] : [{ board_id, ...position }];
      });
      if (first !== undefined && !this.parts.send({ type: "confirmed", boards: [first, ...others] })) {
        return;
      }
      some.forEach((boardId) => this.#unsaid.delete(boardId));
    }
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #saySoon(): void {
    if (this.#unsaid.size > 0) {
      this.#cancel ??= this.parts.clock.after(SAY_AFTER_MS, () => this.sayNow());
    }
  }
}
