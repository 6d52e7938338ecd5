import type { Account } from "../protocol/http";
import { AccountSync } from "./accountSync";
import { accountSignedIn, accountSignedOut, faultDismissed } from "./actions";
import { createApi } from "./api";
import { browser } from "./environment";
import type { Environment } from "./environment";
import { wipeAllOwed } from "./owedWipes";
import { Session } from "./session";
import type { Store } from "./store";
import type { Outcome, Sync } from "./sync";

const NOBODY: Outcome = { status: "refused", code: "forbidden", message: "Please sign in first." };

/** Starts the sync layer over a store. Call `resume` on the answer once. */
export function startSync(store: Store, environment: Environment = browser): Sync {
  let running: AccountSync | null = null;

  /** The server ended the session: what waits is kept for the next sign-in of this account. */
  function ended(): void {
    const ending = running;
    running = null;
    void ending?.stop();
    store.dispatch(accountSignedOut());
  }

  const session = new Session(ended);
  const api = createApi(session);
  const stopFollowing = session.followOtherTabs();
  wipeAllOwed();

  async function begin(account: Account): Promise<void> {
    const begun = new AccountSync(store, environment, account, api, session);
    running = begun;
    await begun.open();
    if (running !== begun) {
      return;
    }
    store.dispatch(accountSignedIn(account));
    begun.start();
  }

  return {
    api,
    async resume() {
      const account = session.resume();
      if (account === null) {
        store.dispatch(accountSignedOut());
      } else {
        await begin(account);
      }
    },
    async signUp(input) {
      await begin(await session.signUp(input));
    },
    async signIn(input) {
      await begin(await session.signIn(input));
    },
    async signOut() {
      const ending = running;
      running = null;
      const told = session.signOut();
      const wiped = ending?.wipe();
      // What is signed out leaves the screen now, whoever else has still to hear of it.
      store.dispatch(accountSignedOut());
      await Promise.all([wiped, told]);
    },
    sendCommand: (command, typedOver) => running?.sendCommand(command, typedOver) ?? Promise.resolve(NOBODY),
    kept: () => running?.kept() ?? Promise.resolve(),
    showPresence: (boardId, taskId) => running?.showPresence(boardId, taskId) ?? (() => undefined),
    reconnectNow: () => running?.reconnectNow(),
    dismissNotice: (noticeId) => running?.dismissNotice(noticeId),
    tryAgain: (noticeId) => running?.tryAgain(noticeId),
    restoreValue: (lostValueId) => running?.restoreValue(lostValueId) ?? false,
    leaveBoard: (boardId, missed) => running?.leaveBoard(boardId, missed),
    dismissFault: (boardId) => store.dispatch(faultDismissed({ board_id: boardId })),
    dismissLostValue: (lostValueId) => running?.dismissLostValue(lostValueId),
    stop() {
      stopFollowing();
      void running?.stop();
      running = null;
    },
  };
}
