/** The records of docs/protocol.md, as a snapshot or the replica holds them. */

export type Id = string;
/** A day without a clock time, `YYYY-MM-DD`. Never turned into an instant. */
export type Day = string;
/** An instant in UTC with whole milliseconds, `2026-11-22T10:48:49.123Z`. */
export type Moment = string;
/** A fractional-index key; records are shown by `(position, id)`. */
export type Position = string;

export type Role = "viewer" | "commenter" | "editor" | "admin" | "owner";
export type Health = "on_track" | "at_risk" | "off_track";
export type GoalState = "open" | "achieved" | "partial" | "missed" | "dropped";
export type Source = "manual" | "task_count";
export type BoardKind = "personal" | "shared";
export type WeekStart = "monday" | "saturday" | "sunday";

export interface Board {
  type: "board";
  id: Id;
  kind: BoardKind;
  title: string;
  created_at: Moment;
  created_by: Id;
  deleted_at: Moment | null;
}

export interface Member {
  type: "member";
  id: Id;
  name: string;
  color: number;
  role: Role;
  joined_at: Moment;
}

export interface Invitation {
  type: "invitation";
  id: Id;
  role: Role;
  email: string | null;
  created_at: Moment;
  created_by: Id;
  expires_at: Moment;
  accepted_at: Moment | null;
  accepted_by: Id | null;
}

export interface List {
  type: "list";
  id: Id;
  title: string;
  position: Position;
  created_at: Moment;
  deleted_at: Moment | null;
}

export interface Task {
  type: "task";
  id: Id;
  list_id: Id;
  title: string;
  notes: string;
  position: Position;
  scheduled_on: Day | null;
  due_on: Day | null;
  priority: number;
  assignee_ids: Id[];
  created_at: Moment;
  created_by: Id;
  completed_at: Moment | null;
  completed_by: Id | null;
  deleted_at: Moment | null;
}

export interface Goal {
  type: "goal";
  id: Id;
  title: string;
  why: string;
  position: Position;
  owner_id: Id | null;
  starts_on: Day | null;
  ends_on: Day | null;
  created_at: Moment;
  created_by: Id;
  health: Health | null;
  health_on: Day | null;
  state: GoalState;
  deleted_at: Moment | null;
}

export interface KeyResult {
  type: "key_result";
  id: Id;
  goal_id: Id;
  title: string;
  position: Position;
  unit: string;
  source: Source;
  start_value: number;
  target_value: number;
  current_value: number;
  created_at: Moment;
  measured_on: Day | null;
  measured_by: Id | null;
  deleted_at: Moment | null;
}

export interface CheckIn {
  type: "check_in";
  id: Id;
  goal_id: Id;
  key_result_id: Id | null;
  value: number | null;
  previous_value: number | null;
  health: Health | null;
  note: string;
  for_day: Day;
  created_at: Moment;
  created_by: Id;
  deleted_at: Moment | null;
}

export interface Link {
  type: "link";
  id: Id;
  goal_id: Id;
  key_result_id: Id | null;
  task_id: Id;
}

export interface Comment {
  type: "comment";
  id: Id;
  task_id: Id | null;
  goal_id: Id | null;
  text: string;
  created_at: Moment;
  created_by: Id;
  edited_at: Moment | null;
  deleted_at: Moment | null;
}

export interface Membership {
  type: "membership";
  id: Id;
  role: Role;
  joined_at: Moment;
}

export interface Profile {
  type: "profile";
  id: Id;
  name: string;
  color: number;
  time_zone: string;
  week_start: WeekStart;
  day_start_hour: number;
}

export type AnyRecord =
  | Board
  | Member
  | Invitation
  | List
  | Task
  | Goal
  | KeyResult
  | CheckIn
  | Link
  | Comment
  | Membership
  | Profile;
