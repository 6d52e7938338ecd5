import type { Command } from "../protocol/commands";
import type { AnyRecord, Id } from "../protocol/records";
import { AccountSync } from "../sync/accountSync";
import { accountSignedIn } from "../sync/actions";
import type { DeviceEvents, Environment } from "../sync/environment";
import { createStore } from "../sync/store";
import type { Store } from "../sync/store";
import type { Outcome } from "../sync/sync";
import type { FakeClock } from "./fakeClock";
import type { FakeServer } from "./fakeServer";

const AT = "2026-11-22T10:00:00.000Z";

/** The personal board of somebody who belongs to one other board. */
export function homeOf(accountId: Id, boardId: Id): AnyRecord[] {
  return [
    { type: "board", id: accountId, kind: "personal", title: "Personal", created_at: AT, created_by: accountId, deleted_at: null },
    { type: "member", id: accountId, name: accountId, color: 0, role: "owner", joined_at: AT },
    { type: "membership", id: boardId, role: "editor", joined_at: AT },
  ];
}

/** A screen that is drawn again at once. */
export const everyFrame: Environment["nextFrame"] = (run) => {
  run();
  return () => undefined;
};

/** One tab of somebody's browser. What IndexedDB holds outlives it. */
export class Tab {
  readonly store: Store = createStore();
  readonly sync: AccountSync;
  #device: DeviceEvents | null = null;

  constructor(
    readonly accountId: Id,
    server: FakeServer,
    clock: FakeClock,
    random: () => number,
    openTabs: Environment["openTabs"] = () => null,
  ) {
    this.sync = new AccountSync(
      this.store,
      {
        openTransport: server.openTransport(accountId),
        clock,
        random,
        isOnline: () => true,
        nextFrame: everyFrame,
        openTabs,
        listen: (events) => {
          this.#device = events;
          return () => {
            this.#device = null;
          };
        },
      },
      { id: accountId, email: `${accountId}@example.org`, name: accountId, created_at: AT },
      {
        readSnapshot: (boardId) => new Promise((resolve) => resolve(server.readSnapshot(accountId, boardId))),
        readChanges: (boardId, options) => new Promise((resolve) => resolve(server.readChanges(accountId, boardId, options))),
      },
      { accessToken: () => Promise.resolve({ value: "token", renew_at: Infinity }), rejectToken: () => undefined },
    );
  }

  async open(): Promise<void> {
    await this.sync.open();
    this.store.dispatch(accountSignedIn({ id: this.accountId, email: "", name: this.accountId, created_at: AT }));
    this.sync.start();
  }

  send(command: Command): Promise<Outcome> {
    return this.sync.sendCommand(command);
  }

  /** Somebody looks at it. */
  show(): void {
    this.#device?.onShown();
  }

  goOffline(): void {
    this.#device?.onOffline();
  }

  goOnline(): void {
    this.#device?.onOnline();
  }

  close(): Promise<void> {
    return this.sync.stop();
  }

  get pending(): number {
    return Object.values(this.store.getState().sync.replicas).reduce((sum, { pending }) => sum + pending.length, 0);
  }
}

/** Lets promises and IndexedDB's own turns run. */
export async function settle(turns = 6): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
