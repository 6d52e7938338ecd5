/** The commands of docs/protocol.md: orders, with the board and the ids of what they touch. */

import type { Day, GoalState, Health, Id, Position, Role, Source, WeekStart } from "./records";

interface OnBoard<Type extends string> {
  type: Type;
  board_id: Id;
}
interface OnList<Type extends string> extends OnBoard<Type> {
  list_id: Id;
}
interface OnTask<Type extends string> extends OnBoard<Type> {
  task_id: Id;
}
interface OnGoal<Type extends string> extends OnBoard<Type> {
  goal_id: Id;
}
interface OnKeyResult<Type extends string> extends OnBoard<Type> {
  key_result_id: Id;
}
interface OnCheckIn<Type extends string> extends OnBoard<Type> {
  check_in_id: Id;
}
interface OnComment<Type extends string> extends OnBoard<Type> {
  comment_id: Id;
}

export interface BoardCreate extends OnBoard<"board.create"> {
  title: string;
}
export interface BoardEdit extends OnBoard<"board.edit"> {
  title: string;
}
export type BoardDelete = OnBoard<"board.delete">;
export type BoardRestore = OnBoard<"board.restore">;

export interface ListCreate extends OnList<"list.create"> {
  title: string;
  position: Position;
}
export interface ListEdit extends OnList<"list.edit"> {
  title: string;
}
export interface ListMove extends OnList<"list.move"> {
  position: Position;
}
export type ListDelete = OnList<"list.delete">;
export type ListRestore = OnList<"list.restore">;

export interface TaskCreate extends OnTask<"task.create"> {
  list_id: Id;
  title: string;
  position: Position;
  notes?: string;
  scheduled_on?: Day | null;
  due_on?: Day | null;
  priority?: number;
  assignee_ids?: Id[];
}
export interface TaskEdit extends OnTask<"task.edit"> {
  title?: string;
  notes?: string;
  scheduled_on?: Day | null;
  due_on?: Day | null;
  priority?: number;
}
export interface TaskMove extends OnTask<"task.move"> {
  list_id: Id;
  position: Position;
}
export type TaskComplete = OnTask<"task.complete">;
export type TaskReopen = OnTask<"task.reopen">;
export type TaskDelete = OnTask<"task.delete">;
export type TaskRestore = OnTask<"task.restore">;
export interface TaskAssign extends OnTask<"task.assign"> {
  account_id: Id;
}
export interface TaskUnassign extends OnTask<"task.unassign"> {
  account_id: Id;
}

export interface GoalCreate extends OnGoal<"goal.create"> {
  title: string;
  position: Position;
  why?: string;
  owner_id?: Id | null;
  starts_on?: Day | null;
  ends_on?: Day | null;
}
export interface GoalEdit extends OnGoal<"goal.edit"> {
  title?: string;
  why?: string;
  owner_id?: Id | null;
  starts_on?: Day | null;
  ends_on?: Day | null;
  state?: GoalState;
}
export interface GoalMove extends OnGoal<"goal.move"> {
  position: Position;
}
export type GoalDelete = OnGoal<"goal.delete">;
export type GoalRestore = OnGoal<"goal.restore">;

export interface KeyResultCreate extends OnKeyResult<"key_result.create"> {
  goal_id: Id;
  title: string;
  position: Position;
  start_value: number;
  target_value: number;
  unit?: string;
  source?: Source;
}
export interface KeyResultEdit extends OnKeyResult<"key_result.edit"> {
  title?: string;
  unit?: string;
  start_value?: number;
  target_value?: number;
  current_value?: number;
}
export interface KeyResultMove extends OnKeyResult<"key_result.move"> {
  position: Position;
}
export type KeyResultDelete = OnKeyResult<"key_result.delete">;
export type KeyResultRestore = OnKeyResult<"key_result.restore">;

export interface CheckInCreate extends OnCheckIn<"check_in.create"> {
  goal_id: Id;
  for_day: Day;
  key_result_id?: Id | null;
  value?: number | null;
  health?: Health | null;
  note?: string;
}
export interface CheckInEdit extends OnCheckIn<"check_in.edit"> {
  value?: number;
  note?: string;
}
export type CheckInDelete = OnCheckIn<"check_in.delete">;
export type CheckInRestore = OnCheckIn<"check_in.restore">;

export interface LinkCreate extends OnBoard<"link.create"> {
  link_id: Id;
  goal_id: Id;
  task_id: Id;
  key_result_id?: Id | null;
}
export interface LinkRemove extends OnBoard<"link.remove"> {
  link_id: Id;
}

export interface CommentCreate extends OnComment<"comment.create"> {
  text: string;
  task_id?: Id | null;
  goal_id?: Id | null;
}
export interface CommentEdit extends OnComment<"comment.edit"> {
  text: string;
}
export type CommentDelete = OnComment<"comment.delete">;
export type CommentRestore = OnComment<"comment.restore">;

export interface InvitationCreate extends OnBoard<"invitation.create"> {
  invitation_id: Id;
  role: Role;
  token: string;
  email?: string | null;
}
export interface InvitationRevoke extends OnBoard<"invitation.revoke"> {
  invitation_id: Id;
}
export interface InvitationAccept extends OnBoard<"invitation.accept"> {
  invitation_id: Id;
  token: string;
}

export interface MemberEdit extends OnBoard<"member.edit"> {
  member_id: Id;
  role: Role;
}
export interface MemberRemove extends OnBoard<"member.remove"> {
  member_id: Id;
}

export interface ProfileEdit extends OnBoard<"profile.edit"> {
  name?: string;
  color?: number;
  time_zone?: string;
  week_start?: WeekStart;
  day_start_hour?: number;
}

export type Command =
  | BoardCreate
  | BoardEdit
  | BoardDelete
  | BoardRestore
  | ListCreate
  | ListEdit
  | ListMove
  | ListDelete
  | ListRestore
  | TaskCreate
  | TaskEdit
  | TaskMove
  | TaskComplete
  | TaskReopen
  | TaskDelete
  | TaskRestore
  | TaskAssign
  | TaskUnassign
  | GoalCreate
  | GoalEdit
  | GoalMove
  | GoalDelete
  | GoalRestore
  | KeyResultCreate
  | KeyResultEdit
  | KeyResultMove
  | KeyResultDelete
  | KeyResultRestore
  | CheckInCreate
  | CheckInEdit
  | CheckInDelete
  | CheckInRestore
  | LinkCreate
  | LinkRemove
  | CommentCreate
  | CommentEdit
  | CommentDelete
  | CommentRestore
  | InvitationCreate
  | InvitationRevoke
  | InvitationAccept
  | MemberEdit
  | MemberRemove
  | ProfileEdit;
