import { useMemo } from "react";

import type { Id, Task } from "../../../protocol/records";
import { useTaskCompany } from "../../../sync/hooks";
import { mayCommand } from "../../../sync/roles";
import { onRowKey } from "../../../ui/keys/rowKeys";
import type { TaskAddress } from "../../../ui/layout/useTaskLink";
import type { Person } from "../../../ui/people/Avatar";
import type { PersonColor } from "../../../ui/people/personColor";
import { useColorOf } from "../../../ui/people/useArrivalColor";
import type { OnTaskKey } from "../../../ui/tasks/TaskLink";
import { toPriority, type Priority } from "../../../ui/tasks/priority";
import { useTaskActions } from "../../../ui/tasks/taskActions";
import { useDragActions } from "../drag/dragContext";

/** All that a card or row of a board shows of a task, and what can be done on it. */
export interface TaskFace {
  address: TaskAddress;
  done: boolean;
  priority: Priority;
  assignees: readonly Person[];
  comment_count: number;
  /** The goal it counts for. */
  goal_title: string | null;
  changed_by_color: PersonColor | null;
  /** Absent where the person may not tick. */
  onToggle: (() => void) | undefined;
  onKey: OnTaskKey;
}

export function useTaskFace(boardId: Id, task: Task): TaskFace {
  const { role, members, comment_count, goal, arrival, arrived_by } = useTaskCompany(boardId, task.id);
  const mayEdit = mayCommand(role, "task.edit");
  const actions = useTaskActions();
  const { mayMove, liftTask } = useDragActions();
  const changedByColor = useColorOf(arrival, arrived_by);
  const assignees = useMemo(() => members.filter(({ id }) => task.assignee_ids.includes(id)), [members, task.assignee_ids]);

  const onKey: OnTaskKey = (event, edit) => {
    const target = event.currentTarget;
    if (event.key === " " && mayMove && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      liftTask(task.id);
      return;
    }
    onRowKey(event, {
      edit,
      ...(mayEdit && {
        complete: () => actions.toggle(boardId, task),
        date: () => actions.chooseDate(boardId, task, target),
        move: () => actions.chooseList(boardId, task, target),
        remove: () => actions.remove(boardId, task),
      }),
    });
  };

  return {
    address: { board_id: boardId, task_id: task.id },
    done: task.completed_at !== null,
    priority: toPriority(task.priority),
    assignees,
    comment_count,
    goal_title: goal?.deleted_at === null ? goal.title : null,
    changed_by_color: changedByColor,
    onToggle: mayEdit ? () => actions.toggle(boardId, task) : undefined,
    onKey,
  };
}
