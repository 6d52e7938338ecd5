import type { UnknownAction } from "@reduxjs/toolkit";

import type { Command } from "../protocol/commands";
import type { Account } from "../protocol/http";
import { PROTOCOL_VERSION } from "../protocol/messages";
import type { Id } from "../protocol/records";
import {
  boardLeft,
  changesReceived,
  commandDone,
  commandRefused,
  commandSent,
  connectionChanged,
  lostValueSettled,
  noticeDismissed,
} from "./actions";
import type { Api } from "./api";
import { positionOf } from "./boardWatch";
import { DeviceStorage } from "./deviceStorage";
import type { Environment } from "./environment";
import { newId } from "./ids";
import { commandToPut, seenBy } from "./lost-values/fieldEdits";
import { hasHole } from "./replica";
import { undecidedOf } from "./replicaSlice";
import { selectRecords } from "./selectors";
import { ServerLine } from "./serverLine";
import type { Session } from "./session";
import type { PendingCommand, Stretch, Visit } from "./state";
import type { Store } from "./store";
import type { Outcome, TypedOver } from "./sync";
import { TABS_VERSION } from "./tabs/tabMessages";
import type { TabHere } from "./tabs/tabMessages";
import { Tabs } from "./tabs/tabs";
import { whatHappenedSince } from "./tabs/whatHappenedSince";

/**
 * Keeps all boards of one signed-in account in step with the server, from sign-in to sign-out.
 *
 * Of a browser's tabs one speaks with the server. The others hear from it what happened and hand it their commands.
 */
export class AccountSync {
  readonly #storage: DeviceStorage;
  readonly #line: ServerLine;
  readonly #tab = newId();
  readonly #outcomes = new Map<Id, (outcome: Outcome) => void>();
  readonly #cleanUps: (() => void)[] = [];
  #tabs: Tabs | null = null;

  constructor(
    private readonly store: Store,
    private readonly environment: Environment,
    private readonly account: Account,
    api: Pick<Api, "readSnapshot" | "readChanges">,
    session: Pick<Session, "accessToken" | "rejectToken">,
  ) {
    this.#storage = new DeviceStorage(store, environment.clock, account.id);
    this.#line = new ServerLine({
      store,
      storage: this.#storage,
      environment,
      account,
      api,
      session,
      onHappened: (action) => this.#happened(action),
      onPlaces: () => this.#tabs?.tellHere(),
    });
  }

  /** Shows what this device has kept; then `start` may bring it up to date. */
  async open(): Promise<void> {
    await this.#storage.open();
  }

  start(): void {
    const { environment } = this;
    this.#cleanUps.push(
      this.store.subscribe(() => this.#line.replicasMoved()),
      environment.listen({
        onOnline: () => this.#line.wentOnline(),
        onOffline: () => this.#line.wentOffline(),
        onShown: () => {
          this.reconnectNow();
          this.#tabs?.tellHere();
        },
        onHidden: () => this.#line.storeNow(),
        onLeft: () => this.#tabs?.left(),
      }),
    );
    const ground = environment.openTabs(`lockstep-tabs-${TABS_VERSION}.${PROTOCOL_VERSION}-${this.account.id}`);
    if (ground === null) {
      void this.#line.open();
      return;
    }
    this.store.dispatch(connectionChanged({ kind: environment.isOnline() ? "connecting" : "offline" }));
    this.#tabs = new Tabs({
      id: this.#tab,
      ground,
      clock: environment.clock,
      onLead: () => void this.#line.open(),
      onLost: () => this.#line.close(),
      onHappened: (action) => this.#heard(action),
      onDid: (action) => {
        this.#happened(action);
        if (commandSent.match(action)) {
          this.#line.send([action.payload]);
        }
      },
      onHere: (here) => this.#answer(here),
      onLeft: (tab) => {
        this.#line.presence.tabIsAt(tab, []);
        void this.#line.adoptOutbox();
      },
      onWoke: () => this.#line.wake(),
      onAsked: () => this.#line.look(),
      here: () => this.#here(),
    });
    this.#tabs.start();
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
    if (this.#line.isOpen) {
      this.#happened(commandSent(pending));
      this.#line.send([pending]);
    } else {
      this.store.dispatch(commandSent(pending));
      // The outbox is the truth: from there it is sent even if the leader never hears of it.
      void this.kept().then(() => this.#tabs?.did(commandSent(pending)));
    }
    return outcome;
  }

  kept(): Promise<void> {
    return this.#storage.settled();
  }

  dismissNotice(noticeId: Id): void {
    this.#storage.forget("refusals", noticeId);
    this.#did(noticeDismissed({ notice_id: noticeId }));
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
    this.#did(lostValueSettled({ id: lostValueId }));
  }

  leaveBoard(boardId: Id, missed: Stretch | null): void {
    const position = positionOf(this.store.getState().sync.replicas[boardId]);
    if (position !== null) {
      const visit: Visit = { board_id: boardId, ...position, at: this.environment.clock.now(), ...(missed && { missed }) };
      this.#storage.remember("visits", visit);
      this.#did(boardLeft(visit));
    }
  }

  showPresence(boardId: Id, taskId: Id | null): () => void {
    return this.#line.presence.show(boardId, taskId);
  }

  reconnectNow(): void {
    this.#line.wake();
    this.#tabs?.woke();
  }

  /** Ends all that runs; what is kept stays for the next time. */
  async stop(): Promise<void> {
    this.#end();
    await this.#storage.close();
  }

  /** Stops, and leaves nothing of this account on the device. */
  async wipe(): Promise<void> {
    this.#end();
    await this.#storage.wipe();
  }

  #end(): void {
    for (const cleanUp of this.#cleanUps.splice(0)) {
      cleanUp();
    }
    this.#line.close();
    this.#tabs?.stop();
    this.#tabs = null;
    this.store.dispatch(connectionChanged({ kind: "stopped", reason: null }));
  }

  /** The person did it here: the other tabs shall know. */
  #did(action: UnknownAction): void {
    if (this.#line.isOpen) {
      this.#happened(action);
    } else {
      this.store.dispatch(action);
      this.#tabs?.did(action);
    }
  }

  /** It happened while this tab leads: the others hear of it. */
  #happened(action: UnknownAction): void {
    this.#take(action);
    this.#tabs?.happened(action);
  }

  /** It happened, says the leader. */
  #heard(action: UnknownAction): void {
    const before = changesReceived.match(action) ? this.store.getState().sync.replicas[action.payload.board_id] : undefined;
    this.#take(action);
    if (before !== undefined && changesReceived.match(action) && hasHole(before, action.payload.changes)) {
      this.#tabs?.tellHere();
    }
  }

  #take(action: UnknownAction): void {
    this.store.dispatch(action);
    if (commandDone.match(action)) {
      this.#settle(action.payload.command_id, { status: "done" });
    } else if (commandRefused.match(action)) {
      const { code, message } = action.payload.notice;
      this.#settle(action.payload.pending.command_id, { status: "refused", code, message });
    }
  }

  #settle(commandId: Id, outcome: Outcome): void {
    this.#outcomes.get(commandId)?.(outcome);
    this.#outcomes.delete(commandId);
  }

  #here(): TabHere {
    const { replicas } = this.store.getState().sync;
    return {
      kind: "here",
      from: this.#tab,
      positions: Object.fromEntries(Object.values(replicas).map((replica) => [replica.board_id, positionOf(replica)])),
      pending: undecidedOf(replicas),
      places: this.#line.presence.places,
    };
  }

  #answer({ from, positions, pending, places }: TabHere): readonly UnknownAction[] {
    this.#line.presence.tabIsAt(from, places);
    // One that was answered meanwhile is answered again, and then the tab knows it.
    this.#line.send(pending);
    return whatHappenedSince(this.store.getState().sync, positions);
  }
}
