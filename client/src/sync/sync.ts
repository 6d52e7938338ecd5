import { createContext } from "react";

import type { Command } from "../protocol/commands";
import type { RefusalCode } from "../protocol/messages";
import type { Id } from "../protocol/records";
import type { Api } from "./api";
import type { FieldValue, Stretch } from "./state";

/** What became of a command. It may take as long as the device is offline. */
export type Outcome =
  | { readonly status: "done" }
  | { readonly status: "refused"; readonly code: RefusalCode; readonly message: string };

export type TypedOver = Readonly<Record<string, FieldValue>>;

/** All that a screen can ask of the sync layer. */
export interface Sync {
  /** The REST calls that have no command: devices, password, invitations' previews, the change log. */
  readonly api: Api;

  /** Finds out who is signed in, from this device's memory or from the refresh cookie. Call once at the start. */
  resume(): Promise<void>;
  /** Throws ApiError: `email_taken`, `invalid`, `rate_limited` ... */
  signUp(input: { email: string; name: string; password: string }): Promise<void>;
  /** Throws ApiError: `wrong_credentials`, `rate_limited` ... */
  signIn(input: { email: string; password: string }): Promise<void>;
  /** Ends the session and wipes this account's data from this device. */
  signOut(): Promise<void>;

  /**
   * Shows the guess at once, keeps the command until the server has decided. Never rejects.
   *
   * @param typedOver what an editor showed when its author began to type, by field, where that is not what is shown now.
   */
  sendCommand(command: Command, typedOver?: TypedOver): Promise<Outcome>;
  /** When all that was asked so far is kept on this device, or can't be. */
  kept(): Promise<void>;
  /** Says where I am: on this board, with this task open. Call the answer when that screen closes. */
  showPresence(boardId: Id, taskId: Id | null): () => void;
  /** Tries to connect now instead of waiting for the next attempt. */
  reconnectNow(): void;
  dismissNotice(noticeId: Id): void;
  /** Asks once more for what was refused. */
  tryAgain(noticeId: Id): void;
  /** Puts a value back that was replaced unseen; false where that cannot be any more. */
  restoreValue(lostValueId: string): boolean;
  dismissLostValue(lostValueId: string): void;
  dismissFault(boardId: Id): void;
  /** Somebody has seen the board as it is here now, apart from what they missed in an absence, and looks elsewhere. */
  leaveBoard(boardId: Id, missed: Stretch | null): void;
  /** Ends timers and the socket; nothing stored is touched. */
  stop(): void;
}

/** Provided by the app around all screens. */
export const SyncContext = createContext<Sync | null>(null);
