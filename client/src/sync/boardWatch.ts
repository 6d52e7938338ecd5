import type { Snapshot } from "../protocol/http";
import type { ClientMessage, ResyncReason } from "../protocol/messages";
import type { Id } from "../protocol/records";
import { ApiError } from "./apiError";
import { backoffMs } from "./backoff";
import type { Clock } from "./clock";
import type { Replica } from "./state";

/** Where a board's replica stands; null: not here, or no longer of use. */
export interface Position {
  readonly epoch: Id;
  readonly seq: number;
}

export function positionOf(replica: Replica | undefined): Position | null {
  return replica === undefined || replica.epoch === null ? null : { epoch: replica.epoch, seq: replica.seq };
}

export interface BoardWatchParts {
  readonly send: (message: ClientMessage) => boolean;
  readonly readSnapshot: (boardId: Id) => Promise<Snapshot>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly positionOf: (boardId: Id) => Position | null;
  readonly onSnapshot: (snapshot: Snapshot) => void;
  /** What is confirmed of a board is of no use any more; a snapshot follows. */
  readonly onResync: (boardId: Id, reason: ResyncReason) => void;
  readonly onForgotten: (boardId: Id) => void;
}

/** One board that should be followed, and how far that is. */
type Following =
  /** Nothing can be asked before there is a connection. */
  | { readonly kind: "idle" }
  | { readonly kind: "hydrating" }
  /** The last snapshot failed, or its position was not taken. */
  | { readonly kind: "waiting"; readonly cancel: () => void }
  | { readonly kind: "asked" }
  /** `behind_since`: the replica's seq when a heartbeat last showed a higher head. */
  | { readonly kind: "watching"; readonly behind_since: number | null };

const IDLE: Following = { kind: "idle" };

/**
 * Follows all boards of the account: takes a snapshot where there is none, watches from its seq, and starts over when
 * the server says that a position is of no use.
 */
export class BoardWatch {
  readonly #boards = new Map<Id, Following>();
  /** Attempts in a row that led to no watch: each next one waits longer. */
  readonly #failures = new Map<Id, number>();
  /** Boards that the server says are none of mine, while my memberships still name them. */
  readonly #gone = new Set<Id>();
  #isLive = false;

  constructor(private readonly parts: BoardWatchParts) {}

  /** Sets which boards are followed from now on. */
  follow(boardIds: ReadonlySet<Id>): void {
    for (const boardId of [...this.#boards.keys()]) {
      if (!boardIds.has(boardId)) {
        this.parts.send({ type: "unwatch", board_id: boardId });
        this.#forget(boardId);
      }
    }
    for (const boardId of this.#gone) {
      if (!boardIds.has(boardId)) {
        this.#gone.delete(boardId);
      }
    }
    for (const boardId of boardIds) {
      if (!this.#boards.has(boardId) && !this.#gone.has(boardId)) {
        this.#boards.set(boardId, IDLE);
        this.#advance(boardId);
      }
    }
  }

  connected(): void {
    this.#isLive = true;
    for (const [boardId, following] of this.#boards) {
      if (following.kind !== "hydrating") {
        this.#become(boardId, IDLE);
        this.#advance(boardId);
      }
    }
  }

  disconnected(): void {
    this.#isLive = false;
    for (const [boardId, following] of this.#boards) {
      if (following.kind !== "hydrating") {
        this.#become(boardId, IDLE);
      }
    }
  }

  /** The server began to send changes after this position. */
  watching(boardId: Id, epoch: Id, seq: number): void {
    const position = this.parts.positionOf(boardId);
    if (!this.#boards.has(boardId)) {
      return;
    }
    if (position?.epoch !== epoch || position.seq < seq) {
      this.resync(boardId, "epoch");
      return;
    }
    this.#failures.delete(boardId);
    this.#become(boardId, { kind: "watching", behind_since: null });
  }

  resync(boardId: Id, reason: ResyncReason): void {
    if (!this.#boards.has(boardId)) {
      return;
    }
    if (reason === "not_found") {
      this.#notMine(boardId);
      return;
    }
    this.parts.onResync(boardId, reason);
    this.#become(boardId, IDLE);
    if (this.#failures.has(boardId)) {
      this.#retryLater(boardId);
    } else {
      this.#countFailure(boardId);
      this.#advance(boardId);
    }
  }

  /** Something between the replica and what came is missing: ask again from where the replica is. */
  holeSeen(boardId: Id): void {
    if (this.#boards.get(boardId)?.kind === "watching") {
      this.#become(boardId, IDLE);
      this.#advance(boardId);
    }
  }

  /** A heartbeat says where the boards stand. Behind for two beats without moving: something got lost. */
  headsHeard(heads: Readonly<Record<Id, number>>): void {
    for (const [boardId, head] of Object.entries(heads)) {
      const following = this.#boards.get(boardId);
      const position = this.parts.positionOf(boardId);
      if (following?.kind !== "watching" || position === null) {
        continue;
      }
      if (position.seq >= head) {
        this.#become(boardId, { kind: "watching", behind_since: null });
      } else if (following.behind_since === position.seq) {
        this.holeSeen(boardId);
      } else {
        this.#become(boardId, { kind: "watching", behind_since: position.seq });
      }
    }
  }

  clear(): void {
    for (const boardId of [...this.#boards.keys()]) {
      this.#become(boardId, IDLE);
    }
    this.#boards.clear();
    this.#failures.clear();
    this.#gone.clear();
    this.#isLive = false;
  }

  #advance(boardId: Id): void {
    const position = this.parts.positionOf(boardId);
    if (position === null) {
      void this.#hydrate(boardId);
    } else if (this.#isLive && this.parts.send({ type: "watch", board_id: boardId, ...position })) {
      this.#become(boardId, { kind: "asked" });
    }
  }

  async #hydrate(boardId: Id): Promise<void> {
    const hydrating: Following = { kind: "hydrating" };
    this.#become(boardId, hydrating);
    try {
      const snapshot = await this.parts.readSnapshot(boardId);
      if (this.#boards.get(boardId) === hydrating) {
        this.parts.onSnapshot(snapshot);
        this.#become(boardId, IDLE);
        this.#advance(boardId);
      }
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      if (this.#boards.get(boardId) === hydrating) {
        this.#hydrationFailed(boardId, error);
      }
    }
  }

  #hydrationFailed(boardId: Id, error: ApiError): void {
    if (error.status === 404) {
      this.#notMine(boardId);
    } else {
      this.#become(boardId, IDLE);
      this.#retryLater(boardId);
    }
  }

  #retryLater(boardId: Id): void {
    const failures = this.#countFailure(boardId);
    const cancel = this.parts.clock.after(backoffMs(failures, this.parts.random), () => {
      this.#boards.set(boardId, IDLE);
      this.#advance(boardId);
    });
    this.#boards.set(boardId, { kind: "waiting", cancel });
  }

  #countFailure(boardId: Id): number {
    const failures = (this.#failures.get(boardId) ?? 0) + 1;
    this.#failures.set(boardId, failures);
    return failures;
  }

  #become(boardId: Id, next: Following): void {
    const following = this.#boards.get(boardId);
    if (following?.kind === "waiting") {
      following.cancel();
    }
    this.#boards.set(boardId, next);
  }

  #notMine(boardId: Id): void {
    this.#gone.add(boardId);
    this.#forget(boardId);
  }

  #forget(boardId: Id): void {
    this.#become(boardId, IDLE);
    this.#boards.delete(boardId);
    this.#failures.delete(boardId);
    this.parts.onForgotten(boardId);
  }
}
