import { createContext } from "react";

import type { Command } from "../protocol/commands";
import type { RefusalCode } from "../protocol/messages";
import type { Id } from "../protocol/records";
import type { Api } from "./api";

/** What became of a command. It may take as long as the device is offline. */
export type Outcome =
  | { readonly status: "done" }
  | { readonly status: "refused"; readonly code: RefusalCode; readonly message: string };

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

  /** Shows the guess at once, keeps the command until the server has decided. Never rejects. */
  sendCommand(command: Command): Promise<Outcome>;
  /** Says where I am: on this board, with this task open. Call the answer when that screen closes. */
  showPresence(boardId: Id, taskId: Id | null): () => void;
  /** Tries to connect now instead of waiting for the next attempt. */
  reconnectNow(): void;
  dismissNotice(noticeId: Id): void;
  /** Ends timers and the socket; nothing stored is touched. */
  stop(): void;
}

/** Provided by the app around all screens. */
export const SyncContext = createContext<Sync | null>(null);
