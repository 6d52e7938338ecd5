import { weakMapMemoize } from "@reduxjs/toolkit";

import type { Board, CheckIn, Comment, Goal, Id, Invitation, KeyResult, Link, List, Member, Role, Task } from "../protocol/records";
import { groupBy, sortedGroups } from "./grouped";
import { byCreation, byPosition, isLive, NO_RECORDS } from "./records";
import type { Records } from "./records";
import type { Arrival, RootState } from "./state";
import { tasksByList } from "./taskGroups";

/** What people see of a board; nothing of an unknown one. */
export function selectRecords(state: RootState, boardId: Id): Records {
  return state.sync.replicas[boardId]?.visible ?? NO_RECORDS;
}

const NOTHING: readonly never[] = [];

// Each of these looks at one map of records, so it is computed once per change of that map for all who ask.
const keyResultsByGoal = weakMapMemoize((keyResults: Records["key_result"]) =>
  sortedGroups(Object.values(keyResults).filter(isLive), (keyResult) => keyResult.goal_id, byPosition),
);
const checkInsByGoal = weakMapMemoize((checkIns: Records["check_in"]) =>
  sortedGroups(Object.values(checkIns).filter(isLive), (checkIn) => checkIn.goal_id, byDay),
);
const linksByGoal = weakMapMemoize((links: Records["link"]) => groupBy(Object.values(links), (link) => link.goal_id));
const linksByTask = weakMapMemoize((links: Records["link"]) => groupBy(Object.values(links), (link) => link.task_id));
const commentsByParent = weakMapMemoize((comments: Records["comment"]) =>
  sortedGroups(Object.values(comments).filter(isLive), (comment) => comment.task_id ?? comment.goal_id, byCreation),
);
const liveLists = weakMapMemoize((lists: Records["list"]) => Object.values(lists).filter(isLive).sort(byPosition));
const liveGoals = weakMapMemoize((goals: Records["goal"]) => Object.values(goals).filter(isLive).sort(byPosition));
const membersByJoining = weakMapMemoize((members: Records["member"]) =>
  Object.values(members).sort((a, b) => (a.joined_at < b.joined_at ? -1 : a.joined_at > b.joined_at ? 1 : a.id < b.id ? -1 : 1)),
);
const openInvitations = weakMapMemoize((invitations: Records["invitation"]) =>
  Object.values(invitations)
    .filter((invitation) => invitation.accepted_at === null)
    .sort(byCreation),
);

function byDay(a: CheckIn, b: CheckIn): number {
  return a.for_day === b.for_day ? byCreation(a, b) : a.for_day < b.for_day ? -1 : 1;
}

export function selectBoard(state: RootState, boardId: Id): Board | undefined {
  return selectRecords(state, boardId).board[boardId];
}

export function selectLists(state: RootState, boardId: Id): readonly List[] {
  return liveLists(selectRecords(state, boardId).list);
}

export function selectTasksOfList(state: RootState, boardId: Id, listId: Id): readonly Task[] {
  return tasksByList(selectRecords(state, boardId).task).get(listId) ?? NOTHING;
}

export function selectGoals(state: RootState, boardId: Id): readonly Goal[] {
  return liveGoals(selectRecords(state, boardId).goal);
}

export function selectKeyResults(state: RootState, boardId: Id, goalId: Id): readonly KeyResult[] {
  return keyResultsByGoal(selectRecords(state, boardId).key_result).get(goalId) ?? NOTHING;
}

/** From the oldest day to the newest. */
export function selectCheckIns(state: RootState, boardId: Id, goalId: Id): readonly CheckIn[] {
  return checkInsByGoal(selectRecords(state, boardId).check_in).get(goalId) ?? NOTHING;
}

export function selectLinksOfGoal(state: RootState, boardId: Id, goalId: Id): readonly Link[] {
  return linksByGoal(selectRecords(state, boardId).link).get(goalId) ?? NOTHING;
}

export function selectLinksOfTask(state: RootState, boardId: Id, taskId: Id): readonly Link[] {
  return linksByTask(selectRecords(state, boardId).link).get(taskId) ?? NOTHING;
}

/** Of a task or of a goal, oldest first. */
export function selectComments(state: RootState, boardId: Id, parentId: Id): readonly Comment[] {
  return commentsByParent(selectRecords(state, boardId).comment).get(parentId) ?? NOTHING;
}

export function selectMembers(state: RootState, boardId: Id): readonly Member[] {
  return membersByJoining(selectRecords(state, boardId).member);
}

export function selectInvitations(state: RootState, boardId: Id): readonly Invitation[] {
  return openInvitations(selectRecords(state, boardId).invitation);
}

export function selectAccountId(state: RootState): Id | null {
  return state.sync.account.status === "signed_in" ? state.sync.account.account.id : null;
}

/** What a board shows with a task. */
export interface TaskCompany {
  readonly role: Role | null;
  readonly members: readonly Member[];
  readonly comment_count: number;
  /** The goal it counts for. */
  readonly goal: Goal | undefined;
  readonly arrival: Arrival | undefined;
  /** Who made that change. */
  readonly arrived_by: Member | undefined;
}

export function selectTaskCompany(state: RootState, boardId: Id, taskId: Id): TaskCompany {
  const { goal, member } = selectRecords(state, boardId);
  const arrival = state.sync.arrivals[taskId];
  return {
    role: selectRole(state, boardId),
    members: selectMembers(state, boardId),
    comment_count: selectComments(state, boardId, taskId).length,
    goal: goal[selectLinksOfTask(state, boardId, taskId)[0]?.goal_id ?? ""],
    arrival,
    arrived_by: member[arrival?.by ?? ""],
  };
}

/** My role on a board, as its members say; null when I am none of them. */
export function selectRole(state: RootState, boardId: Id): Role | null {
  const accountId = selectAccountId(state);
  return accountId === null ? null : (selectRecords(state, boardId).member[accountId]?.role ?? null);
}
