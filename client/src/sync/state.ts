import type { Command } from "../protocol/commands";
import type { Account } from "../protocol/http";
import type { Person, RefusalCode } from "../protocol/messages";
import type { Id, Moment } from "../protocol/records";
import type { Records } from "./records";

/** What was asked and is not yet seen in the confirmed records. */
export interface PendingCommand {
  readonly command_id: Id;
  readonly command: Command;
  /** When and by whom it was asked: the guess's `at` and `by` until the server says its own. */
  readonly at: Moment;
  readonly by: Id;
  /** How the asking person is called and coloured: what a new board's first member shows. */
  readonly name: string;
  readonly color: number;
  /** The server did it at this seq of its board; it stays until the confirmed records are that far. */
  readonly done_at_seq: number | null;
}

/** The client's copy of one board. */
export interface Replica {
  readonly board_id: Id;
  /** Null until the first snapshot: all there is are guesses. */
  readonly epoch: Id | null;
  readonly seq: number;
  /** What the server said. Never edited by a guess. */
  readonly confirmed: Records;
  readonly pending: readonly PendingCommand[];
  /** What people see: confirmed with the pending commands replayed on top. */
  readonly visible: Records;
}

export type StopReason = "signed_out" | "outdated" | "misuse";

export type ConnectionState =
  | { readonly kind: "stopped"; readonly reason: StopReason | null }
  | { readonly kind: "offline" }
  | { readonly kind: "connecting" }
  | { readonly kind: "handshaking" }
  | { readonly kind: "live"; readonly connection_id: Id }
  /** `until` is a time in milliseconds since 1970 at which the next attempt starts. */
  | { readonly kind: "waiting"; readonly until: number };

/** A command that was refused after its guess had been on the screen. */
export interface Notice {
  readonly id: Id;
  readonly board_id: Id;
  readonly command: Command;
  readonly code: RefusalCode;
  readonly message: string;
}

/** The last change of a record by somebody else, so that it can be seen to arrive. `at` is local time in ms. */
export interface Arrival {
  readonly by: Id;
  readonly at: number;
}

export type AccountState =
  | { readonly status: "unknown" }
  | { readonly status: "signed_out" }
  | { readonly status: "signed_in"; readonly account: Account };

export interface SyncState {
  readonly account: AccountState;
  readonly connection: ConnectionState;
  readonly replicas: Readonly<Record<Id, Replica>>;
  /** Whether this device keeps what is here: if not, a reload loses the pending commands. */
  readonly is_kept: boolean;
  readonly notices: readonly Notice[];
  readonly people: Readonly<Record<Id, readonly Person[]>>;
  readonly arrivals: Readonly<Record<Id, Arrival>>;
}

export interface RootState {
  readonly sync: SyncState;
}
