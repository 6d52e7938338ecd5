import type { UnknownAction } from "@reduxjs/toolkit";

import type { Account } from "../protocol/http";
import type { Change, RefusalCode, ServerMessage } from "../protocol/messages";
import type { Id } from "../protocol/records";
import {
  boardForgotten,
  changesReceived,
  commandDone,
  commandRefused,
  connectionChanged,
  faultFound,
  presenceReceived,
  resyncAsked,
  snapshotReceived,
  valuesLost,
} from "./actions";
import type { Api } from "./api";
import { ApiError } from "./apiError";
import { BoardWatch, positionOf } from "./boardWatch";
import { ChangeBatches } from "./changeBatches";
import { CommandQueue } from "./commandQueue";
import { Connection } from "./connection";
import type { DeviceStorage } from "./deviceStorage";
import type { Environment } from "./environment";
import { newId } from "./ids";
import { LostValues } from "./lost-values/lostValues";
import { nameInCommand } from "./lost-values/recordNames";
import { Presence } from "./presence";
import { Receipt } from "./receipt";
import { hasHole, isFaulty } from "./replica";
import { undecidedOf } from "./replicaSlice";
import { selectRecords } from "./selectors";
import type { Session } from "./session";
import type { ConnectionState, PendingCommand, Replica } from "./state";
import type { Store } from "./store";

export interface ServerLineParts {
  readonly store: Store;
  readonly storage: DeviceStorage;
  readonly environment: Environment;
  readonly account: Account;
  readonly api: Pick<Api, "readSnapshot" | "readChanges">;
  readonly session: Pick<Session, "accessToken" | "rejectToken">;
  /** Takes what happened into the store, and tells whom else it concerns. */
  readonly onHappened: (action: UnknownAction) => void;
  /** This tab's places have changed while it has no socket of its own. */
  readonly onPlaces: () => void;
}

/** All that one account has to do with the server: the socket, the watched boards, the commands that wait. */
export class ServerLine {
  readonly presence: Presence;
  readonly #connection: Connection;
  readonly #boards: BoardWatch;
  readonly #queue: CommandQueue;
  readonly #lostValues: LostValues;
  readonly #receipt: Receipt;
  readonly #batches: ChangeBatches;
  #replicasSeen: unknown = null;
  /** Null: closed. Opening takes a while, and what was opened before must not go on then. */
  #opened: symbol | null = null;

  constructor(private readonly parts: ServerLineParts) {
    const { storage, api, session, onHappened } = parts;
    const { clock, random, nextFrame, openTransport } = parts.environment;
    const send = (message: Parameters<Connection["send"]>[0]) => this.#connection.send(message);
    this.#connection = new Connection({
      openTransport,
      clock,
      random,
      clientId: newId(),
      accessToken: () => session.accessToken(),
      rejectToken: (value) => session.rejectToken(value),
      onState: (state) => this.#connectionChanged(state),
      onMessage: (message) => this.#take(message),
    });
    this.presence = new Presence((message) => {
      if (this.isOpen) {
        return send(message);
      }
      parts.onPlaces();
      return true;
    });
    this.#receipt = new Receipt({ send, clock });
    this.#batches = new ChangeBatches({ nextFrame, apply: (boardId, changes) => this.#changesCame(boardId, changes) });
    this.#lostValues = new LostValues({
      accountId: parts.account.id,
      readChanges: (boardId, options) => api.readChanges(boardId, options),
      onLost: (losses) => {
        losses.forEach((loss) => storage.remember("lost_values", loss));
        onHappened(valuesLost(losses));
      },
      keepWrite: (write) => storage.remember("field_writes", write),
      dropWrite: (key) => storage.forget("field_writes", key),
      keepLookBack: (lookBack) => storage.remember("look_backs", lookBack),
      dropLookBack: (id) => storage.forget("look_backs", id),
    });
    storage.onCaughtUp = (memories, behind) => {
      if (this.isOpen) {
        this.#lostValues.remember(memories);
        behind.forEach((snapshot) => this.#lostValues.movedOn(snapshot, this.#replica(snapshot.board_id)));
      }
    };
    this.#queue = new CommandQueue({
      send,
      clock,
      random,
      onRefused: (pending, code, message) => this.#refused(pending, code, message),
      onUnanswered: () => this.#connection.giveUp(),
    });
    this.#boards = new BoardWatch({
      send,
      clock,
      random,
      readSnapshot: (boardId) => api.readSnapshot(boardId),
      positionOf: (boardId) => positionOf(this.#replica(boardId)),
      onSnapshot: (snapshot) => {
        this.#lostValues.snapshotComes(this.#replica(snapshot.board_id), snapshot);
        try {
          onHappened(snapshotReceived(snapshot));
        } catch (cause) {
          onHappened(faultFound({ board_id: snapshot.board_id, at: clock.now() }));
          throw Object.assign(new ApiError(502, "unavailable", "The board could not be understood."), { cause });
        }
      },
      onResync: (boardId, reason) => {
        const before = this.#replica(boardId);
        if (before !== undefined) {
          this.#lostValues.resyncComes(before);
        }
        onHappened(resyncAsked({ board_id: boardId, is_same_log: reason === "trimmed" || reason === "lagging" }));
        this.#askAgain(boardId);
      },
      onForgotten: (boardId) => {
        storage.forgetBoard(boardId);
        this.#receipt.forgotten(boardId);
        onHappened(boardForgotten({ board_id: boardId }));
      },
    });
  }

  get isOpen(): boolean {
    return this.#opened !== null;
  }

  /** Sends what waits, and brings the boards up to date. */
  async open(): Promise<void> {
    const { storage, environment } = this.parts;
    const opened = Symbol();
    this.#opened = opened;
    const outbox = await storage.readOutbox();
    this.#lostValues.remember(await storage.readMemories());
    if (this.#opened === opened) {
      // A former leader may have had the answer and ended before it could tell: then only this tab still waits.
      const untold = this.#notQueued(undecidedOf(this.parts.store.getState().sync.replicas));
      // While all this was read, somebody may have gone on working.
      this.#queue.addOlder([...outbox, ...untold]);
      storage.onStored = (replica) => this.#stored(replica);
      storage.stored.forEach(storage.onStored);
      this.#replicasSeen = null;
      this.replicasMoved();
      this.#connection.start(environment.isOnline());
    }
  }

  close(): void {
    this.#opened = null;
    this.#connection.stop(null);
    this.#batches.clear();
    this.#boards.clear();
    this.#queue.clear();
    this.#receipt.stop();
    this.presence.forgetElsewhere();
  }

  send(pending: readonly PendingCommand[]): void {
    this.#queue.add(this.#notQueued(pending));
  }

  /** Sends what tabs have left in the outbox: those that were closed, and those that crashed. */
  async adoptOutbox(): Promise<void> {
    const left = await this.parts.storage.readOutbox();
    if (this.isOpen) {
      this.send(left);
    }
  }

  /** This may be the last that is heard of this tab. */
  storeNow(): void {
    if (this.isOpen) {
      this.parts.storage.storeNow();
      void this.parts.storage.settled().then(() => this.#receipt.sayNow());
    }
  }

  wentOnline(): void {
    this.#connection.wentOnline();
  }

  wentOffline(): void {
    this.#connection.wentOffline();
  }

  wake(): void {
    this.#connection.wake();
  }

  /** Runs what is due, in a hidden tab too. */
  look(): void {
    this.#connection.look();
  }

  replicasMoved(): void {
    const { replicas } = this.parts.store.getState().sync;
    if (!this.isOpen || replicas === this.#replicasSeen) {
      return;
    }
    this.#replicasSeen = replicas;
    this.parts.storage.replicasMoved();
    const memberships = replicas[this.parts.account.id]?.confirmed.membership ?? {};
    this.#boards.follow(new Set([this.parts.account.id, ...Object.keys(memberships)]));
  }

  #notQueued(pending: readonly PendingCommand[]): PendingCommand[] {
    return pending.filter(({ command_id }) => this.#queue.waiting(command_id) === undefined);
  }

  #stored(replica: Replica): void {
    const position = positionOf(replica);
    if (position !== null) {
      this.#receipt.stored(replica.board_id, position);
    }
  }

  #replica(boardId: Id): Replica | undefined {
    return this.parts.store.getState().sync.replicas[boardId];
  }

  #connectionChanged(state: ConnectionState): void {
    if (!this.isOpen) {
      return;
    }
    this.#batches.flush();
    const wasLive = this.parts.store.getState().sync.connection.kind === "live";
    this.parts.onHappened(connectionChanged(state));
    if (state.kind === "live") {
      // First watch, then command: so the change itself is the answer.
      this.#boards.connected();
      this.#queue.connected();
      this.#receipt.connected();
      void this.adoptOutbox();
      void this.#lostValues.lookBack();
    } else if (wasLive) {
      this.#boards.disconnected();
    }
  }

  #take(message: ServerMessage): void {
    if (message.type === "changes") {
      this.#batches.add(message.board_id, message.changes);
      return;
    }
    this.#batches.flush();
    switch (message.type) {
      case "watching":
        this.#boards.watching(message.board_id, message.epoch, message.seq);
        this.presence.watching(message.board_id);
        break;
      case "resync":
        this.#boards.resync(message.board_id, message.reason);
        break;
      case "heads":
        this.#boards.headsHeard(message.heads);
        void this.adoptOutbox();
        break;
      case "done":
        this.#done(message.command_id, message.board_id, message.seq);
        break;
      case "refused":
        this.#queue.refused(message.command_id, message.code, message.message);
        break;
      case "presence":
        this.parts.onHappened(presenceReceived({ board_id: message.board_id, people: message.people }));
        break;
      case "welcome":
      case "authenticated":
      case "unwatched":
      case "bye":
      case "error":
        break;
    }
  }

  #changesCame(boardId: Id, changes: readonly Change[]): void {
    const before = this.#replica(boardId);
    const isHole = before !== undefined && hasHole(before, changes);
    this.parts.onHappened(
      changesReceived({
        board_id: boardId,
        changes,
        account_id: this.parts.account.id,
        received_at: this.parts.environment.clock.now(),
      }),
    );
    const after = this.#replica(boardId);
    if (before !== undefined && after !== undefined && isFaulty(before, after)) {
      this.#lostValues.resyncComes(before);
      this.#faulty(boardId);
      return;
    }
    if (before !== undefined) {
      this.#lostValues.changesCome(before, changes);
    }
    for (const { command_id, seq } of changes) {
      // A command that changes two boards is answered by the change of its own one.
      if (this.#queue.waiting(command_id)?.command.board_id === boardId) {
        this.#done(command_id, boardId, seq);
      }
    }
    if (isHole) {
      this.#boards.holeSeen(boardId);
    }
  }

  /** What came is not to be understood: nothing of it was taken, and the board is read afresh. */
  #faulty(boardId: Id): void {
    this.parts.onHappened(faultFound({ board_id: boardId, at: this.parts.environment.clock.now() }));
    this.#boards.resync(boardId, "lagging");
  }

  #done(commandId: Id, boardId: Id, seq: number): void {
    this.parts.onHappened(commandDone({ command_id: commandId, board_id: boardId, seq }));
    this.#answered(commandId);
  }

  #refused(pending: PendingCommand, code: RefusalCode, message: string): void {
    const { command, command_id } = pending;
    const records = selectRecords(this.parts.store.getState(), command.board_id);
    const at = new Date(this.parts.environment.clock.now()).toISOString();
    const name = nameInCommand(command, records);
    const notice = { id: command_id, board_id: command.board_id, command, code, message, name, at };
    this.parts.storage.remember("refusals", notice);
    this.parts.onHappened(commandRefused({ pending, notice }));
    this.#answered(pending.command_id);
  }

  #answered(commandId: Id): void {
    this.#queue.answered(commandId);
    this.parts.storage.dropCommand(commandId);
  }

  /** After the loss of a log: what it had done may not have happened. */
  #askAgain(boardId: Id): void {
    const pending = this.#replica(boardId)?.pending.filter(({ done_at_seq }) => done_at_seq === null) ?? [];
    this.send(pending);
  }
}
