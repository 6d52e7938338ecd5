import { useContext, useMemo } from "react";
import { shallowEqual, useSelector } from "react-redux";

import type { Command } from "../protocol/commands";
import type { Person } from "../protocol/messages";
import type {
  Board,
  CheckIn,
  Comment,
  Goal,
  Id,
  Invitation,
  KeyResult,
  Link,
  List,
  Member,
  Moment,
  Profile,
  Role,
  Task,
} from "../protocol/records";
import { selectBoardList, selectBoardStatus } from "./boards";
import type { BoardListEntry, BoardStatus } from "./boards";
import { goalFigures, selectKeyResultFigures } from "./goalFigures";
import type { GoalFigures } from "./goalFigures";
import { selectLostValues } from "./lost-values/selectLostValues";
import { selectMyTasks } from "./myTasks";
import type { TaskOnBoard } from "./myTasks";
import { mayCommand } from "./roles";
import {
  selectAccountId,
  selectBoard,
  selectCheckIns,
  selectComments,
  selectGoals,
  selectInvitations,
  selectKeyResults,
  selectLinksOfGoal,
  selectLinksOfTask,
  selectLists,
  selectMembers,
  selectRecords,
  selectRole,
  selectTaskCompany,
  selectTasksOfList,
} from "./selectors";
import type { TaskCompany } from "./selectors";
import type { AccountState, Arrival, ConnectionState, Fault, LostValue, Notice, Replica, RootState, StorageState, Visit } from "./state";
import { SyncContext } from "./sync";
import type { Sync } from "./sync";
import { selectSyncStatus } from "./syncStatus";
import type { SyncStatus } from "./syncStatus";
import { selectProfile } from "./today";

const NOBODY: readonly Person[] = [];

/** The same items in the same order. Lists are long: react-redux's `shallowEqual` would make a text of each index. */
function sameItems<Item>(a: readonly Item[], b: readonly Item[]): boolean {
  return a === b || (a.length === b.length && a.every((item, index) => item === b[index]));
}

/** A list of records keeps its identity while its records do, so a change to one task redraws one row. */
function useSelected<Value>(select: (state: RootState) => Value): Value {
  return useSelector(select, shallowEqual);
}

export function useSync(): Sync {
  const sync = useContext(SyncContext);
  if (sync === null) {
    throw new Error("SyncContext is missing around this component.");
  }
  return sync;
}

export function useSendCommand(): Sync["sendCommand"] {
  const sync = useSync();
  return useMemo<Sync["sendCommand"]>(() => (command, typedOver) => sync.sendCommand(command, typedOver), [sync]);
}

export function useAccount(): AccountState {
  return useSelector((state: RootState) => state.sync.account);
}

/** My account's id, which is also that of my personal board. Only below a check that somebody is signed in. */
export function useAccountId(): Id {
  const accountId = useSelector(selectAccountId);
  if (accountId === null) {
    throw new Error("Nobody is signed in.");
  }
  return accountId;
}

/** How I am called and live; null until my personal board is here. */
export function useProfile(): Profile | null {
  return useSelector(selectProfile);
}

/** My personal board first, then the others by title. */
export function useBoards(): readonly BoardListEntry[] {
  return useSelected(selectBoardList);
}

/** The copies of my boards by their ids, and where each stands; redraws with every change. */
export function useReplicas(): Readonly<Record<Id, Replica>> {
  return useSelector((state: RootState) => state.sync.replicas);
}

export function useBoard(boardId: Id): Board | undefined {
  return useSelector((state: RootState) => selectBoard(state, boardId));
}

export function useBoardStatus(boardId: Id): BoardStatus {
  return useSelector((state: RootState) => selectBoardStatus(state, boardId));
}

export function useRole(boardId: Id): Role | null {
  return useSelector((state: RootState) => selectRole(state, boardId));
}

/** Whether my role is enough for this command here. */
export function useMay(boardId: Id, type: Command["type"]): boolean {
  return mayCommand(useRole(boardId), type);
}

export function useLists(boardId: Id): readonly List[] {
  return useSelected((state) => selectLists(state, boardId));
}

export function useList(boardId: Id, listId: Id): List | undefined {
  return useSelector((state: RootState) => selectRecords(state, boardId).list[listId]);
}

/** The tasks of a list in their order, done ones too, without those in the trash. */
export function useTasksOfList(boardId: Id, listId: Id): readonly Task[] {
  return useSelector((state: RootState) => selectTasksOfList(state, boardId, listId), sameItems);
}

export function useTask(boardId: Id, taskId: Id): Task | undefined {
  return useSelector((state: RootState) => selectRecords(state, boardId).task[taskId]);
}

/** What a board shows with a task, by one subscription: hundreds of cards ask for it after each change. */
export function useTaskCompany(boardId: Id, taskId: Id): TaskCompany {
  return useSelected((state) => selectTaskCompany(state, boardId, taskId));
}

/** My tasks of all boards: the open ones, and those done since a moment. */
export function useMyTasks(doneSince: Moment): readonly TaskOnBoard[] {
  return useSelected((state) => selectMyTasks(state, doneSince));
}

export function useGoals(boardId: Id): readonly Goal[] {
  return useSelected((state) => selectGoals(state, boardId));
}

export function useGoal(boardId: Id, goalId: Id): Goal | undefined {
  return useSelector((state: RootState) => selectRecords(state, boardId).goal[goalId]);
}

export function useKeyResults(boardId: Id, goalId: Id): readonly KeyResult[] {
  return useSelected((state) => selectKeyResults(state, boardId, goalId));
}

/** The progress of a goal and of each of its key results, live. */
export function useGoalFigures(boardId: Id, goalId: Id): GoalFigures {
  const keyResults = useSelected((state) => selectKeyResultFigures(state, boardId, goalId));
  return useMemo(() => goalFigures(keyResults), [keyResults]);
}

/** From the oldest day to the newest. */
export function useCheckIns(boardId: Id, goalId: Id): readonly CheckIn[] {
  return useSelected((state) => selectCheckIns(state, boardId, goalId));
}

export function useLinksOfGoal(boardId: Id, goalId: Id): readonly Link[] {
  return useSelected((state) => selectLinksOfGoal(state, boardId, goalId));
}

export function useLinksOfTask(boardId: Id, taskId: Id): readonly Link[] {
  return useSelected((state) => selectLinksOfTask(state, boardId, taskId));
}

/** Of a task or of a goal, oldest first. */
export function useComments(boardId: Id, parentId: Id): readonly Comment[] {
  return useSelected((state) => selectComments(state, boardId, parentId));
}

export function useMembers(boardId: Id): readonly Member[] {
  return useSelected((state) => selectMembers(state, boardId));
}

export function useMember(boardId: Id, accountId: Id | null): Member | undefined {
  return useSelector((state: RootState) =>
    accountId === null ? undefined : selectRecords(state, boardId).member[accountId],
  );
}

/** Those that wait to be accepted. */
export function useInvitations(boardId: Id): readonly Invitation[] {
  return useSelected((state) => selectInvitations(state, boardId));
}

/** Who is on this board now, me included. */
export function usePresence(boardId: Id): readonly Person[] {
  return useSelector((state: RootState) => state.sync.people[boardId] ?? NOBODY);
}

/** The last change of this record by somebody else, if it came while the application was open. */
export function useArrival(recordId: Id): Arrival | undefined {
  return useSelector((state: RootState) => state.sync.arrivals[recordId]);
}

export function useSyncStatus(): SyncStatus {
  return useSelected(selectSyncStatus);
}

export function useConnection(): ConnectionState {
  return useSelector((state: RootState) => state.sync.connection);
}

/** Whether this device keeps what is here; if not, a reload loses the changes that still wait. */
export function useStorage(): StorageState {
  return useSelector((state: RootState) => state.sync.storage);
}

/** Refused commands that nobody has dismissed yet, oldest first. */
export function useNotices(): readonly Notice[] {
  return useSelector((state: RootState) => state.sync.notices);
}

/** Values that were replaced unseen, are still not shown again, and wait to be put back or let go; oldest first. */
export function useLostValues(): readonly LostValue[] {
  return useSelected(selectLostValues);
}

/** Boards that had to be read afresh, until somebody has read that. */
export function useFaults(): readonly Fault[] {
  return useSelector((state: RootState) => state.sync.faults);
}

/** Where the board stood when somebody last looked at it on this device; undefined: never. */
export function useVisit(boardId: Id): Visit | undefined {
  return useSelector((state: RootState) => state.sync.visits[boardId]);
}
