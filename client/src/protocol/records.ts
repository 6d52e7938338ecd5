/** The records, and the words that their fields are made of. */

import type { AnyRecord, Board, Goal, KeyResult, Member, Profile } from "./contract.gen";

export type {
  AnyRecord,
  Board,
  CheckIn,
  Comment,
  Goal,
  Invitation,
  KeyResult,
  Link,
  List,
  Member,
  Membership,
  Profile,
  Task,
} from "./contract.gen";
export type { Day, Id, Moment, Position } from "./words";

export type RecordType = AnyRecord["type"];
export type Role = Member["role"];
export type Health = NonNullable<Goal["health"]>;
export type GoalState = Goal["state"];
export type Source = KeyResult["source"];
export type BoardKind = Board["kind"];
export type WeekStart = Profile["week_start"];
