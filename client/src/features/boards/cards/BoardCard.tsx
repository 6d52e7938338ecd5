import { memo } from "react";

import type { Id, Task } from "../../../protocol/records";
import { useDragActions } from "../drag/dragContext";
import { DraggableTask } from "./DraggableTask";
import { TaskCard } from "./TaskCard";
import { TaskMenu } from "./TaskMenu";
import { useTaskFace } from "./useTaskFace";

/** A task's card on its board. Redrawn only when this task changes. */
export const BoardCard = memo(function BoardCard({ boardId, task, lifted }: { boardId: Id; task: Task; lifted: boolean }) {
  const face = useTaskFace(boardId, task);
  const { mayMove } = useDragActions();
  return (
    <DraggableTask taskId={task.id}>
      <TaskCard
        task={task}
        face={face}
        lifted={lifted}
        menu={mayMove ? <TaskMenu boardId={boardId} task={task} /> : undefined}
      />
    </DraggableTask>
  );
});
