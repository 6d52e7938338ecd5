/** The bodies of the REST calls under /api. */

import type { Change } from "./messages";
import type { AnyRecord, BoardKind, Id, Moment, Role } from "./records";

export interface Account {
  id: Id;
  email: string;
  name: string;
  created_at: Moment;
}

/** The answer to signing up, signing in and refreshing. `expires_in` is in seconds. */
export interface SignedIn {
  account: Account;
  access_token: string;
  expires_in: number;
}

export interface DeviceSession {
  id: Id;
  device_name: string;
  created_at: Moment;
  last_seen_at: Moment;
  ip: string | null;
  current: boolean;
}

export interface BoardEntry {
  board_id: Id;
  kind: BoardKind;
  title: string;
  role: Role;
  epoch: Id;
  seq: number;
  deleted_at: Moment | null;
}

/** All records of a board at one seq. */
export interface Snapshot {
  board_id: Id;
  epoch: Id;
  seq: number;
  records: AnyRecord[];
}

export interface ChangesPage {
  board_id: Id;
  epoch: Id;
  seq: number;
  changes: Change[];
}

export interface InvitationPreview {
  board_title: string;
  invited_by: string;
  role: Role;
}
