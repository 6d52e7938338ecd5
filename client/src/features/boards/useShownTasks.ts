import { weakMapMemoize } from "@reduxjs/toolkit";
import { useCallback, useMemo } from "react";
import { useSelector, useStore } from "react-redux";

import type { Id, List, Task } from "../../protocol/records";
import { useTasksOfList } from "../../sync/hooks";
import { selectLists, selectRecords, selectTasksOfList } from "../../sync/selectors";
import type { RootState } from "../../sync/state";
import type { Column } from "./drag/places";
import { shownTasks, type DayCount, type PersonFilter } from "./shownTasks";
import { toggleFold, useUnfolded } from "./unfolded";
import { useDayCount } from "./useDayCount";

interface ShownList {
  /** What is drawn, from top to bottom. */
  tasks: readonly Task[];
  /** How many are or could be folded. */
  earlier: number;
  /** How many are still to be done. */
  count: number;
}

/** Once for all who ask: a column, its tab, and a move. */
const shownList = weakMapMemoize((all: readonly Task[], filter: PersonFilter, count: DayCount, isOpen: boolean): ShownList => {
  const { tasks, earlier } = shownTasks(all, filter, count);
  return {
    tasks: isOpen ? [...tasks, ...earlier] : tasks,
    earlier: earlier.length,
    count: tasks.filter(({ completed_at }) => completed_at === null).length || tasks.length,
  };
});

/** The tasks of one list as it is shown. */
export function useShownTasks(boardId: Id, listId: Id, filter: PersonFilter) {
  const all = useTasksOfList(boardId, listId);
  const dayCount = useDayCount();
  const isOpen = useUnfolded().has(listId);
  const shown = shownList(all, filter, dayCount, isOpen);
  const toggle = useCallback(() => toggleFold(listId), [listId]);
  return { ...shown, isOpen, toggle };
}

export interface ShownColumn extends ShownList {
  list: List;
  isOpen: boolean;
}

/** Reads all lists as they are shown at the moment it is called. */
export function useReadColumns(boardId: Id, filter: PersonFilter): () => readonly Column[] {
  const store = useStore<RootState>();
  const dayCount = useDayCount();
  const unfolded = useUnfolded();
  return useCallback(
    () => columnsOf(store.getState(), boardId, filter, dayCount, unfolded).map(toColumn),
    [store, boardId, filter, dayCount, unfolded],
  );
}

/** Calls back after each change of the board's lists and tasks. */
export function useFollowColumns(boardId: Id): (onMoved: () => void) => () => void {
  const store = useStore<RootState>();
  return useCallback(
    (onMoved) => {
      let seen = selectRecords(store.getState(), boardId);
      return store.subscribe(() => {
        const records = selectRecords(store.getState(), boardId);
        const isMoved = records.list !== seen.list || records.task !== seen.task;
        seen = records;
        if (isMoved) onMoved();
      });
    },
    [store, boardId],
  );
}

const toColumn = ({ list, tasks }: ShownColumn): Column => ({
  list_id: list.id,
  title: list.title,
  task_ids: tasks.map(({ id }) => id),
});

function columnsOf(
  state: RootState,
  boardId: Id,
  filter: PersonFilter,
  dayCount: DayCount,
  unfolded: ReadonlySet<Id>,
): ShownColumn[] {
  return selectLists(state, boardId).map((list) => {
    const isOpen = unfolded.has(list.id);
    return { list, isOpen, ...shownList(selectTasksOfList(state, boardId, list.id), filter, dayCount, isOpen) };
  });
}

/** All lists as they are shown, redrawn with any change of the board's lists and tasks. */
export function useShownColumns(boardId: Id, filter: PersonFilter): readonly ShownColumn[] {
  const dayCount = useDayCount();
  const unfolded = useUnfolded();
  const lists = useSelector((state: RootState) => selectLists(state, boardId));
  const records = useSelector((state: RootState) => state.sync.replicas[boardId]?.visible.task);
  const store = useStore<RootState>();
  return useMemo(
    // `lists` and `records` say when to read again.
    () => (lists.length === 0 || records === undefined ? [] : columnsOf(store.getState(), boardId, filter, dayCount, unfolded)),
    [lists, records, store, boardId, filter, dayCount, unfolded],
  );
}
