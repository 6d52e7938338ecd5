import { memo } from "react";

import type { Day } from "../../protocol/records";
import { useAccountId, useBoard, useComments, useMay, useMembers } from "../../sync/hooks";
import type { TaskOnBoard } from "../../sync/myTasks";
import { onRowKey } from "../../ui/keys/rowKeys";
import { useOpenTask } from "../../ui/layout/useTaskLink";
import { useArrivalColor } from "../../ui/people/useArrivalColor";
import { TaskRow } from "../../ui/tasks/TaskRow";
import { toPriority } from "../../ui/tasks/priority";
import { useTaskActions } from "../../ui/tasks/taskActions";

interface MyTaskRowProps {
  entry: TaskOnBoard;
  /** The day that the heading above says. */
  heading_day?: Day | null;
  onTick: (id: string) => void;
}

/** A task of any board, as Today shows it. */
export const MyTaskRow = memo(function MyTaskRow({ entry, heading_day = null, onTick }: MyTaskRowProps) {
  const { board_id, task } = entry;
  const accountId = useAccountId();
  const board = useBoard(board_id);
  const members = useMembers(board_id);
  const comments = useComments(board_id, task.id);
  const mayEdit = useMay(board_id, "task.edit");
  const changedBy = useArrivalColor(board_id, task.id);
  const actions = useTaskActions();
  const { open } = useOpenTask();
  const others = members.filter(({ id }) => id !== accountId && task.assignee_ids.includes(id));

  const toggle = () => {
    if (task.completed_at === null) onTick(task.id);
    actions.toggle(board_id, task);
  };
  return (
    <TaskRow
      id={task.id}
      title={task.title}
      done={task.completed_at !== null}
      priority={toPriority(task.priority)}
      scheduled_on={task.scheduled_on}
      due_on={task.due_on}
      heading_day={heading_day}
      place={board_id === accountId ? null : (board?.title ?? null)}
      has_notes={task.notes !== ""}
      comment_count={comments.length}
      assignees={others}
      address={{ board_id, task_id: task.id }}
      selected={open?.task_id === task.id}
      changed_by_color={changedBy}
      onToggle={mayEdit ? toggle : undefined}
      onKey={(event, edit) => {
        const row = event.currentTarget;
        onRowKey(event, {
          edit,
          ...(mayEdit && {
            complete: toggle,
            date: () => actions.chooseDate(board_id, task, row),
            move: () => actions.chooseList(board_id, task, row),
            remove: () => actions.remove(board_id, task),
          }),
        });
      }}
    />
  );
});
