import { createContext, useContext } from "react";

import type { Id, Task } from "../../protocol/records";

/** Where a new task goes if its words do not say. */
export interface TaskPlace {
  board_id?: Id;
  list_id?: Id;
  /** Added from Today: without a day it is for today, without a person it is mine. */
  for_today?: boolean;
}

/**
 * What can be done to a task from any screen: sent at once, with a toast that takes it back. The tasks feature does it, the
 * application provides it, so that boards and Today need not know each other.
 */
export interface TaskActions {
  /** Completes an open task, reopens a done one. */
  toggle(boardId: Id, task: Task): void;
  /** Puts the task in the trash. */
  remove(boardId: Id, task: Task): void;
  /** Lets the person choose the scheduled day, beside the element. */
  chooseDate(boardId: Id, task: Task, anchor: HTMLElement): void;
  /** Lets the person choose a list of the board, beside the element; the task goes to its end. */
  chooseList(boardId: Id, task: Task, anchor: HTMLElement): void;
  /** Opens quick add. */
  add(place?: TaskPlace): void;
}

export const TaskActionsContext = createContext<TaskActions | null>(null);

export function useTaskActions(): TaskActions {
  const actions = useContext(TaskActionsContext);
  if (actions === null) throw new Error("TaskActionsContext is missing around this component.");
  return actions;
}
