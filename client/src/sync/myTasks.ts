import { weakMapMemoize } from "@reduxjs/toolkit";

import type { Id, Moment, Task } from "../protocol/records";
import { selectBoardList } from "./boards";
import { isLive } from "./records";
import type { Records } from "./records";
import { selectAccountId, selectRecords } from "./selectors";
import type { RootState } from "./state";

export interface TaskOnBoard {
  readonly board_id: Id;
  readonly task: Task;
}

const onBoard = weakMapMemoize((board_id: Id, task: Task): TaskOnBoard => ({ board_id, task }));

/** On my personal board everything that is not given to somebody else is mine; elsewhere what is given to me. */
function isMine(task: Task, accountId: Id, isPersonal: boolean): boolean {
  return task.assignee_ids.includes(accountId) || (isPersonal && task.assignee_ids.length === 0);
}

const mineOnBoard = weakMapMemoize(
  (tasks: Records["task"], lists: Records["list"], boardId: Id, accountId: Id): readonly TaskOnBoard[] =>
    Object.values(tasks)
      .filter((task) => isLive(task) && lists[task.list_id]?.deleted_at === null)
      .filter((task) => isMine(task, accountId, boardId === accountId))
      .map((task) => onBoard(boardId, task)),
);

/** My tasks of all boards: the open ones, and those done since a moment. */
export function selectMyTasks(state: RootState, doneSince: Moment): readonly TaskOnBoard[] {
  const accountId = selectAccountId(state);
  if (accountId === null) {
    return [];
  }
  return selectBoardList(state)
    .flatMap(({ board }) => {
      const records = selectRecords(state, board.id);
      return mineOnBoard(records.task, records.list, board.id, accountId);
    })
    .filter(({ task }) => task.completed_at === null || task.completed_at >= doneSince);
}
