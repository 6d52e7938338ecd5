/** What client and server say to each other on the socket, and the codes they refuse and close with. */

import type { Command } from "./commands";
import type { AnyRecord, Id, Moment } from "./records";

export const PROTOCOL_VERSION = 1;

export type RefusalCode =
  | "invalid"
  | "not_found"
  | "forbidden"
  | "already_exists"
  | "conflict"
  | "invitation_invalid"
  | "last_owner"
  | "rate_limited"
  | "unavailable";

export type RecordType = AnyRecord["type"];

/** A new record with all its fields, or a known one with those that changed. */
export type RecordPut = { [Type in RecordType]: Partial<Extract<AnyRecord, { type: Type }>> & { type: Type; id: Id } }[RecordType];

export interface RecordRemoval {
  type: RecordType;
  id: Id;
}

/** What a command did to one board. */
export interface Change {
  seq: number;
  at: Moment;
  by: Id;
  command_id: Id;
  put: RecordPut[];
  remove: RecordRemoval[];
}

export interface Person {
  account_id: Id;
  connections: number;
  task_ids: Id[];
}

export type ResyncReason = "epoch" | "trimmed" | "ahead" | "lagging" | "not_found";

export type ClientMessage =
  | { type: "hello"; protocol: number; token: string; client_id: Id }
  | { type: "watch"; board_id: Id; epoch: Id | null; seq: number | null }
  | { type: "unwatch"; board_id: Id }
  | { type: "command"; command_id: Id; command: Command }
  | { type: "authenticate"; token: string }
  | { type: "presence"; board_id: Id; state: { task_id: Id | null } };

export type ServerMessage =
  | { type: "welcome"; connection_id: Id; account_id: Id; heartbeat_seconds: number; expires_at: Moment }
  | { type: "watching"; board_id: Id; epoch: Id; seq: number }
  | { type: "resync"; board_id: Id; reason: ResyncReason }
  | { type: "unwatched"; board_id: Id }
  | { type: "changes"; board_id: Id; changes: Change[] }
  | { type: "done"; command_id: Id; board_id: Id; seq: number }
  | { type: "refused"; command_id: Id; code: RefusalCode; message: string }
  | { type: "authenticated"; expires_at: Moment }
  | { type: "presence"; board_id: Id; people: Person[] }
  | { type: "heads"; heads: Record<Id, number> }
  | { type: "error"; code: string; message: string }
  | { type: "bye"; code: number; reconnect_ms: number };
