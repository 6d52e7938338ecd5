import { useMemo } from "react";
import { shallowEqual, useSelector } from "react-redux";

import type { Day, Goal, Id } from "../../protocol/records";
import { dayAt } from "../../sync/calendar";
import type { KeyResultFigures } from "../../sync/goalFigures";
import { useCheckIns, useGoalFigures, useProfile } from "../../sync/hooks";
import { selectLinksOfGoal, selectRecords } from "../../sync/selectors";
import type { RootState } from "../../sync/state";
import { useToday } from "../../ui/days/calendarContext";
import { progressSeries, valueSeries, type Point } from "./chart/series";

export interface KeyResultSeries extends KeyResultFigures {
  readonly keyResult: KeyResultFigures["key_result"];
  readonly series: readonly Point[];
}

export interface GoalSeries {
  readonly progress: number | null;
  readonly keyResults: readonly KeyResultSeries[];
  /** The progress of the whole, from 0 to 1. */
  readonly series: readonly Point[];
}

/** Which task counted for which key result when, as "key result id, moment": compared cheaply. */
function selectDone(state: RootState, boardId: Id, goalId: Id): readonly string[] {
  const { task } = selectRecords(state, boardId);
  return selectLinksOfGoal(state, boardId, goalId).flatMap(({ key_result_id, task_id }) => {
    const completedAt = task[task_id]?.deleted_at === null ? task[task_id].completed_at : null;
    return key_result_id === null || completedAt === null ? [] : [`${key_result_id},${completedAt}`];
  });
}

/** How a goal and each of its key results went, day by day until now. */
export function useGoalSeries(boardId: Id, goal: Goal): GoalSeries {
  const figures = useGoalFigures(boardId, goal.id);
  const checkIns = useCheckIns(boardId, goal.id);
  const done = useSelector((state: RootState) => selectDone(state, boardId, goal.id), shallowEqual);
  const profile = useProfile();
  const today = useToday();
  return useMemo(() => {
    const dayOf = (moment: string): Day =>
      profile === null ? moment.slice(0, 10) : dayAt(new Date(moment), profile.time_zone, profile.day_start_hour);
    const keyResults = figures.key_results.map((known) => ({
      ...known,
      keyResult: known.key_result,
      series: valueSeries({
        keyResult: known.key_result,
        checkIns: checkIns.filter(({ key_result_id }) => key_result_id === known.key_result.id),
        doneDays: done.flatMap((entry) => {
          const [keyResultId, moment = ""] = entry.split(",");
          return keyResultId === known.key_result.id ? [dayOf(moment)] : [];
        }),
        starts_on: goal.starts_on ?? dayOf(known.key_result.created_at),
        today,
        current: known.current,
      }),
    }));
    return { progress: figures.progress, keyResults, series: progressSeries(keyResults) };
  }, [figures, checkIns, done, profile, today, goal.starts_on]);
}
