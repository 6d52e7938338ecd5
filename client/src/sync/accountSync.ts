import type { Command } from "../protocol/commands";
import type { Account } from "../protocol/http";
import type { Change, RefusalCode, ServerMessage } from "../protocol/messages";
import type { Id } from "../protocol/records";
import {
  boardForgotten,
  changesReceived,
  commandDone,
  commandRefused,
  commandSent,
  connectionChanged,
  lostValueSettled,
  noticeDismissed,
  presenceReceived,
  resyncAsked,
  snapshotReceived,
  valuesLost,
} from "./actions";
import type { Api } from "./api";
import { BoardWatch } from "./boardWatch";
import type { Position } from "./boardWatch";
import { CommandQueue } from "./commandQueue";
import { Connection } from "./connection";
import { DeviceStorage } from "./deviceStorage";
import type { Environment } from "./environment";
import { newId } from "./ids";
import { commandToPut, seenBy } from "./lost-values/fieldEdits";
import { LostValues } from "./lost-values/lostValues";
import { nameInCommand } from "./lost-values/recordNames";
import { Presence } from "./presence";
import { hasHole } from "./replica";
import { selectRecords } from "./selectors";
import type { Session } from "./session";
import type { ConnectionState, PendingCommand, Replica } from "./state";
import type { Store } from "./store";
import type { Outcome, TypedOver } from "./sync";

/** Keeps all boards of one signed-in account in step with the server, from sign-in to sign-out. */
export class AccountSync {
  readonly #storage: DeviceStorage;
  readonly #connection: Connection;
  readonly #boards: BoardWatch;
  readonly #queue: CommandQueue;
  readonly #presence: Presence;
  readonly #lostValues: LostValues;
  readonly #outcomes = new Map<Id, (outcome: Outcome) => void>();
  readonly #cleanUps: (() => void)[] = [];
  #replicasSeen: unknown = null;

  constructor(
    private readonly store: Store,
    private readonly environment: Environment,
    private readonly account: Account,
    api: Pick<Api, "readSnapshot" | "readChanges">,
    session: Pick<Session, "accessToken" | "rejectToken">,
  ) {
    const { clock, random, openTransport } = environment;
    const send = (message: Parameters<Connection["send"]>[0]) => this.#connection.send(message);
    this.#storage = new DeviceStorage(store, clock, account.id);
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
    this.#presence = new Presence(send);
    this.#lostValues = new LostValues({
      accountId: account.id,
      readChanges: (boardId, options) => api.readChanges(boardId, options),
      onLost: (losses) => {
        losses.forEach((loss) => this.#storage.remember("lost_values", loss));
        store.dispatch(valuesLost(losses));
      },
      keepWrite: (write) => this.#storage.remember("field_writes", write),
      dropWrite: (key) => this.#storage.forget("field_writes", key),
    });
    this.#queue = new CommandQueue({
      send,
      clock,
      random,
      onRefused: (pending, code, message) => this.#refused(pending, code, message),
    });
    this.#boards = new BoardWatch({
      send,
      clock,
      random,
      readSnapshot: (boardId) => api.readSnapshot(boardId),
      positionOf: (boardId) => this.#positionOf(boardId),
      onSnapshot: (snapshot) => {
        this.#lostValues.snapshotComes(this.#replica(snapshot.board_id), snapshot);
        store.dispatch(snapshotReceived(snapshot));
      },
      onResync: (boardId, reason) => {
        const before = this.#replica(boardId);
        if (before !== undefined) {
          this.#lostValues.resyncComes(before);
        }
        store.dispatch(resyncAsked({ board_id: boardId, is_same_log: reason === "trimmed" || reason === "lagging" }));
        this.#askAgain(boardId);
      },
      onForgotten: (boardId) => {
        this.#storage.forgetBoard(boardId);
        store.dispatch(boardForgotten({ board_id: boardId }));
      },
    });
  }

  /** Shows what this device has kept; then `start` may bring it up to date. */
  async open(): Promise<void> {
    this.#queue.add(await this.#storage.open());
    this.#lostValues.remember(await this.#storage.readMemories());
  }

  start(): void {
    const { environment } = this;
    this.#cleanUps.push(
      this.store.subscribe(() => this.#replicasMoved()),
      environment.listen({
        onOnline: () => this.#connection.wentOnline(),
        onOffline: () => this.#connection.wentOffline(),
        onShown: () => this.#connection.wake(),
        onHidden: () => this.#storage.storeNow(),
      }),
    );
    this.#replicasMoved();
    this.#connection.start(environment.isOnline());
  }

  sendCommand(command: Command, typedOver?: TypedOver): Promise<Outcome> {
    const profile = this.store.getState().sync.replicas[this.account.id]?.visible.profile[this.account.id];
    const pending: PendingCommand = {
      command_id: newId(),
      command,
      at: new Date(this.environment.clock.now()).toISOString(),
      by: this.account.id,
      name: profile?.name ?? this.account.name,
      color: profile?.color ?? 0,
      seen: seenBy(command, selectRecords(this.store.getState(), command.board_id), typedOver),
      done_at_seq: null,
    };
    const outcome = new Promise<Outcome>((resolve) => this.#outcomes.set(pending.command_id, resolve));
    this.#storage.keepCommand(pending);
    this.store.dispatch(commandSent(pending));
    this.#queue.add([pending]);
    return outcome;
  }

  kept(): Promise<void> {
    return this.#storage.settled();
  }

  dismissNotice(noticeId: Id): void {
    this.#storage.forget("refusals", noticeId);
    this.store.dispatch(noticeDismissed({ notice_id: noticeId }));
  }

  tryAgain(noticeId: Id): void {
    const notice = this.store.getState().sync.notices.find(({ id }) => id === noticeId);
    if (notice !== undefined) {
      void this.sendCommand(notice.command);
      this.dismissNotice(noticeId);
    }
  }

  restoreValue(lostValueId: string): boolean {
    const state = this.store.getState();
    const loss = state.sync.lost_values.find(({ id }) => id === lostValueId);
    const command = loss && commandToPut(loss.board_id, loss, loss.lost, selectRecords(state, loss.board_id));
    if (!command) {
      return false;
    }
    void this.sendCommand(command);
    this.dismissLostValue(lostValueId);
    return true;
  }

  dismissLostValue(lostValueId: string): void {
    this.#storage.forget("lost_values", lostValueId);
    this.store.dispatch(lostValueSettled({ id: lostValueId }));
  }

  showPresence(boardId: Id, taskId: Id | null): () => void {
    return this.#presence.show(boardId, taskId);
  }

  reconnectNow(): void {
    this.#connection.wake();
  }

  /** Ends all that runs; what is kept stays for the next time. */
  async stop(): Promise<void> {
    for (const cleanUp of this.#cleanUps.splice(0)) {
      cleanUp();
    }
    this.#connection.stop(null);
    this.#boards.clear();
    this.#queue.clear();
    await this.#storage.close();
  }

  /** Stops, and leaves nothing of this account on the device. */
  async wipe(): Promise<void> {
    await this.stop();
    await this.#storage.wipe();
  }

  #replica(boardId: Id): Replica | undefined {
    return this.store.getState().sync.replicas[boardId];
  }

  #positionOf(boardId: Id): Position | null {
    const replica = this.#replica(boardId);
    return replica === undefined || replica.epoch === null ? null : { epoch: replica.epoch, seq: replica.seq };
  }

  #connectionChanged(state: ConnectionState): void {
    const wasLive = this.store.getState().sync.connection.kind === "live";
    this.store.dispatch(connectionChanged(state));
    if (state.kind === "live") {
      // First watch, then command: so the change itself is the answer.
      this.#boards.connected();
      this.#queue.connected();
      void this.#adoptOutbox();
      void this.#lostValues.lookBack();
    } else if (wasLive) {
      this.#boards.disconnected();
    }
  }

  /** Tabs that were closed while offline left commands behind. One that another tab also sends is done once. */
  async #adoptOutbox(): Promise<void> {
    this.#queue.add(await this.#storage.readOutbox());
  }

  #replicasMoved(): void {
    const { replicas } = this.store.getState().sync;
    if (replicas === this.#replicasSeen) {
      return;
    }
    this.#replicasSeen = replicas;
    this.#storage.replicasMoved();
    const memberships = replicas[this.account.id]?.confirmed.membership ?? {};
    this.#boards.follow(new Set([this.account.id, ...Object.keys(memberships)]));
  }

  #take(message: ServerMessage): void {
    switch (message.type) {
      case "changes":
        this.#changesCame(message.board_id, message.changes);
        break;
      case "watching":
        this.#boards.watching(message.board_id, message.epoch, message.seq);
        this.#presence.watching(message.board_id);
        break;
      case "resync":
        this.#boards.resync(message.board_id, message.reason);
        break;
      case "heads":
        this.#boards.headsHeard(message.heads);
        break;
      case "done":
        this.#done(message.command_id, message.board_id, message.seq);
        break;
      case "refused":
        this.#queue.refused(message.command_id, message.code, message.message);
        break;
      case "presence":
        this.store.dispatch(presenceReceived({ board_id: message.board_id, people: message.people }));
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
    if (before !== undefined) {
      this.#lostValues.changesCome(before, changes);
    }
    this.store.dispatch(
      changesReceived({
        board_id: boardId,
        changes,
        account_id: this.account.id,
        received_at: this.environment.clock.now(),
      }),
    );
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

  #done(commandId: Id, boardId: Id, seq: number): void {
    this.store.dispatch(commandDone({ command_id: commandId, board_id: boardId, seq }));
    this.#settle(commandId, { status: "done" });
  }

  #refused(pending: PendingCommand, code: RefusalCode, message: string): void {
    const { command, command_id } = pending;
    const records = selectRecords(this.store.getState(), command.board_id);
    const at = new Date(this.environment.clock.now()).toISOString();
    const name = nameInCommand(command, records);
    const notice = { id: command_id, board_id: command.board_id, command, code, message, name, at };
    this.#storage.remember("refusals", notice);
    this.store.dispatch(commandRefused({ pending, notice }));
    this.#settle(pending.command_id, { status: "refused", code, message });
  }

  #settle(commandId: Id, outcome: Outcome): void {
    this.#queue.answered(commandId);
    this.#storage.dropCommand(commandId);
    this.#outcomes.get(commandId)?.(outcome);
    this.#outcomes.delete(commandId);
  }

  /** After the loss of a log: what it had done may not have happened. */
  #askAgain(boardId: Id): void {
    const pending = this.#replica(boardId)?.pending.filter(({ done_at_seq }) => done_at_seq === null) ?? [];
    this.#queue.add(pending.filter(({ command_id }) => this.#queue.waiting(command_id) === undefined));
  }
}
