import { weakMapMemoize } from "@reduxjs/toolkit";

import type { Id, KeyResult } from "../protocol/records";
import { currentValue, goalProgress, keyResultProgress } from "./progress";
import type { Records } from "./records";
import { selectKeyResults, selectRecords } from "./selectors";
import type { RootState } from "./state";

export interface KeyResultFigures {
  readonly key_result: KeyResult;
  /** What it shows now: measured, or counted from the linked tasks. */
  readonly current: number;
  readonly progress: number;
}

export interface GoalFigures {
  readonly key_results: readonly KeyResultFigures[];
  readonly progress: number | null;
}

const doneByKeyResult = weakMapMemoize((links: Records["link"], tasks: Records["task"]): ReadonlyMap<Id, number> => {
  const done = new Map<Id, number>();
  for (const link of Object.values(links)) {
    const task = tasks[link.task_id];
    if (link.key_result_id !== null && task?.deleted_at === null && task.completed_at !== null) {
      done.set(link.key_result_id, (done.get(link.key_result_id) ?? 0) + 1);
    }
  }
  return done;
});

const figures = weakMapMemoize((keyResult: KeyResult, done: number): KeyResultFigures => {
  const current = currentValue(keyResult, done);
  return { key_result: keyResult, current, progress: keyResultProgress(keyResult, current) };
});

/** The figures of each key result of a goal, in their order. */
export function selectKeyResultFigures(state: RootState, boardId: Id, goalId: Id): readonly KeyResultFigures[] {
  const records = selectRecords(state, boardId);
  const done = doneByKeyResult(records.link, records.task);
  return selectKeyResults(state, boardId, goalId).map((keyResult) => figures(keyResult, done.get(keyResult.id) ?? 0));
}

export function goalFigures(keyResults: readonly KeyResultFigures[]): GoalFigures {
  return { key_results: keyResults, progress: goalProgress(keyResults.map(({ progress }) => progress)) };
}
