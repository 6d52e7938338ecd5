import { memo } from "react";

import type { Id, Task } from "../../../protocol/records";
import { TaskRow } from "../../../ui/tasks/TaskRow";
import { useDragActions } from "../drag/dragContext";
import styles from "./BoardRow.module.css";
import { DraggableTask } from "./DraggableTask";
import { TaskMenu } from "./TaskMenu";
import { useTaskFace } from "./useTaskFace";

/** A task as a row of its board. Redrawn only when this task changes. */
export const BoardRow = memo(function BoardRow({ boardId, task, lifted }: { boardId: Id; task: Task; lifted: boolean }) {
  const face = useTaskFace(boardId, task);
  const { mayMove } = useDragActions();
  return (
    <DraggableTask taskId={task.id}>
      <div className={`${styles.line} ${lifted ? styles.lifted : ""}`}>
        <div className={styles.row}>
          <TaskRow
            id={task.id}
            title={task.title}
            scheduled_on={task.scheduled_on}
            due_on={task.due_on}
            has_notes={task.notes !== ""}
            {...face}
          />
        </div>
        {mayMove && (
          <span className={styles.menu}>
            <TaskMenu boardId={boardId} task={task} />
          </span>
        )}
      </div>
    </DraggableTask>
  );
});
