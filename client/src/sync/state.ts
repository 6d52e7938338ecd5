import type { Command } from "../protocol/commands";
import type { Account } from "../protocol/http";
import type { Person, RefusalCode } from "../protocol/messages";
import type { AnyRecord, Id, Moment, RecordType } from "../protocol/records";
import type { Records } from "./records";

/** The value of a field that one edit can take from another: a text, a number, a day, an id, or none. */
export type FieldValue = string | number | null;

/** What somebody had before them when they asked for another value. */
export interface SeenValue {
  readonly type: RecordType;
  readonly record_id: Id;
  readonly field: string;
  readonly value: FieldValue;
}

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
  /** The values that it replaces, as its author saw them: what is replaced beside these, is replaced unseen. */
  readonly seen: readonly SeenValue[];
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
  /** What the record was called; empty: not known. */
  readonly name: string;
  readonly at: Moment;
}

/** The last write of a field that this device has a stake in: it wrote there itself, or waits to. */
export interface FieldWrite {
  readonly key: string;
  readonly board_id: Id;
  readonly type: RecordType;
  readonly record_id: Id;
  readonly field: string;
  readonly value: FieldValue;
  readonly by: Id;
  readonly at: Moment;
}

/**
 * What a snapshot or a folded catch-up has jumped over: the log knows what happened there to the records that this device
 * has a stake in, and is still to be asked.
 */
export interface LookBack {
  readonly id: string;
  readonly board_id: Id;
  readonly epoch: Id;
  readonly after_seq: number;
  readonly to_seq: number;
  readonly record_ids: readonly Id[];
  /** These records, and what they are called by, as they were confirmed before the jump. */
  readonly records: readonly AnyRecord[];
  /** What had been asked here and may have been done within the jump. */
  readonly pending: readonly PendingCommand[];
}

/** A value that was replaced by somebody who had not seen it. It is kept until it is put back or let go. */
export interface LostValue {
  /** Made of the change that replaced it, so that finding it twice makes one. */
  readonly id: string;
  readonly board_id: Id;
  readonly type: RecordType;
  readonly record_id: Id;
  readonly field: string;
  /** What the record was called. */
  readonly name: string;
  /** Whose value was lost: mine, or theirs by an edit of mine. */
  readonly whose: "mine" | "theirs";
  readonly lost: FieldValue;
  readonly kept: FieldValue;
  /** The other one; null: not known. Myself: from another of my devices. */
  readonly by: Id | null;
  /** When it was replaced. */
  readonly at: Moment;
}

/** The last change of a record by somebody else, so that it can be seen to arrive. `at` is local time in ms. */
export interface Arrival {
  readonly by: Id;
  readonly at: number;
}

/** A part of a board's log: after one seq, up to another. */
export interface Stretch {
  readonly after_seq: number;
  readonly to_seq: number;
}

/** Where a board stood when somebody last looked at it on this device, and when that was. */
export interface Visit {
  readonly board_id: Id;
  readonly epoch: Id;
  readonly seq: number;
  /** Local time in milliseconds. */
  readonly at: number;
  /** What happened in an absence before that, and was offered but not looked at. */
  readonly missed?: Stretch;
}

/** That a board had to be read afresh, because something of it could not be understood. */
export interface Fault {
  readonly board_id: Id;
  readonly at: number;
}

export type AccountState =
  | { readonly status: "unknown" }
  | { readonly status: "signed_out" }
  | { readonly status: "signed_in"; readonly account: Account };

/**
 * Whether this device keeps what is here: if not, a reload loses the pending commands. "blocked": not before another tab,
 * which sleeps, is closed.
 */
export type StorageState = "kept" | "blocked" | "failed";

export interface SyncState {
  readonly account: AccountState;
  readonly connection: ConnectionState;
  readonly replicas: Readonly<Record<Id, Replica>>;
  readonly storage: StorageState;
  readonly notices: readonly Notice[];
  /** Values that were replaced unseen, oldest first. */
  readonly lost_values: readonly LostValue[];
  readonly faults: readonly Fault[];
  readonly visits: Readonly<Record<Id, Visit>>;
  readonly people: Readonly<Record<Id, readonly Person[]>>;
  readonly arrivals: Readonly<Record<Id, Arrival>>;
}

export interface RootState {
  readonly sync: SyncState;
}
