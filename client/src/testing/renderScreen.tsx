import { render, type RenderResult } from "@testing-library/react";
import type { ReactNode } from "react";
import { Provider } from "react-redux";
import { createMemoryRouter, RouterProvider } from "react-router";

import type { Command } from "../protocol/commands";
import type { AnyRecord, Id } from "../protocol/records";
import { accountSignedIn, commandSent, snapshotReceived } from "../sync/actions";
import { newId } from "../sync/ids";
import { createStore, type Store } from "../sync/store";
import { SyncContext, type Sync } from "../sync/sync";

export const ME: Id = "0190aaaa-0000-7000-8000-00000000000a";

interface Stage {
  /** Records by board; my personal board is made if it is not among them. */
  boards?: Record<Id, AnyRecord[]>;
  /** Nobody is signed in. */
  signed_out?: boolean;
  address?: string;
  sync?: Partial<Sync>;
}

interface Staged extends RenderResult {
  store: Store;
  /** All commands that the screen has sent. */
  sent: Command[];
}

const AT = "2026-11-22T10:00:00.000Z";

/** What an account has from its first minute. */
export const personalBoard = (): AnyRecord[] => [
  { type: "board", id: ME, kind: "personal", title: "Personal", created_at: AT, created_by: ME, deleted_at: null },
  { type: "member", id: ME, name: "Ada Lind", color: 0, role: "owner", joined_at: AT },
  { type: "profile", id: ME, name: "Ada Lind", color: 0, time_zone: "UTC", week_start: "monday", day_start_hour: 0 },
  { type: "list", id: "l1", title: "Inbox", position: "a0", created_at: AT, deleted_at: null },
];

/** A screen over the real store. Commands are guessed as in the application and never answered. */
export function renderScreen(screen: ReactNode, stage: Stage = {}): Staged {
  const store = createStore();
  const sent: Command[] = [];
  if (!stage.signed_out) {
    store.dispatch(accountSignedIn({ id: ME, email: "ada@example.org", name: "Ada Lind", created_at: AT }));
    for (const [board_id, records] of Object.entries({ [ME]: personalBoard(), ...stage.boards })) {
      store.dispatch(snapshotReceived({ board_id, epoch: newId(), seq: 1, records }));
    }
  }
  const sync = {
    sendCommand: (command: Command) => {
      sent.push(command);
      const pending = { command_id: newId(), command, at: new Date().toISOString(), by: ME, name: "Ada Lind", color: 0 };
      store.dispatch(commandSent({ ...pending, seen: [], done_at_seq: null }));
      return new Promise(() => undefined);
    },
    showPresence: () => () => undefined,
    leaveBoard: () => undefined,
    ...stage.sync,
  } as unknown as Sync;
  const router = createMemoryRouter([{ path: "*", element: screen }], { initialEntries: [stage.address ?? "/today"] });
  const result = render(
    <Provider store={store}>
      <SyncContext value={sync}>
        <RouterProvider router={router} />
      </SyncContext>
    </Provider>,
  );
  return { ...result, store, sent };
}
