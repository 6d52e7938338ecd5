import { FileQuestion, Trash2, X } from "lucide-react";
import { useEffect } from "react";
import { Link } from "react-router";

import type { Id } from "../../protocol/records";
import { useBoard, useBoardStatus, useMay, useSync, useTask } from "../../sync/hooks";
import { EmptyState } from "../../ui/feedback/EmptyState";
import { SkeletonRows } from "../../ui/feedback/SkeletonRows";
import { Button } from "../../ui/inputs/Button";
import { IconButton } from "../../ui/inputs/IconButton";
import { Sheet } from "../../ui/layout/Sheet";
import { boardPaths } from "../../ui/layout/boardPaths";
import { BoardSign } from "../../ui/people/BoardSign";
import { useTaskActions } from "../../ui/tasks/taskActions";
import { Material } from "../../ui/theme/Material";
import { PeopleHere } from "./panel/PeopleHere";
import { TaskDetails } from "./panel/TaskDetails";
import styles from "./panel/TaskPanel.module.css";

interface TaskPanelProps {
  board_id: Id;
  task_id: Id;
  onClose: () => void;
}

/** One task, opened beside whatever screen it was opened from. */
export default function TaskPanel({ board_id, task_id, onClose }: TaskPanelProps) {
  const task = useTask(board_id, task_id);
  const board = useBoard(board_id);
  const status = useBoardStatus(board_id);
  const mayEdit = useMay(board_id, "task.edit");
  const actions = useTaskActions();
  const sync = useSync();

  useEffect(() => sync.showPresence(board_id, task_id), [sync, board_id, task_id]);

  const isThere = task?.deleted_at === null;
  return (
    <Sheet label={task ? `Task: ${task.title}` : "Task"} onClose={onClose}>
      <div className={styles.bar}>
        <Link to={boardPaths.board(board_id)} className={styles.place}>
          {board && <BoardSign board={board} size={20} />}
          <span dir="auto">{board?.title}</span>
        </Link>
        {isThere && <PeopleHere board_id={board_id} task_id={task_id} />}
        {isThere && mayEdit && (
          <IconButton
            icon={Trash2}
            label="Delete task"
            onClick={() => {
              actions.remove(board_id, task);
              onClose();
            }}
          />
        )}
        <IconButton icon={X} label="Close" shortcut="Esc" size={20} onClick={onClose} />
      </div>
      {isThere ? (
        <Material>
          <TaskDetails board_id={board_id} task={task} mayEdit={mayEdit} />
        </Material>
      ) : status === "loading" ? (
        <div className={styles.body}>
          <SkeletonRows count={5} />
        </div>
      ) : (
        <EmptyState
          icon={FileQuestion}
          title={task ? "This task is in the trash" : "This task is not here"}
          action={
            task && mayEdit ? (
              <RestoreButton board_id={board_id} task_id={task_id} />
            ) : (
              <Button onClick={onClose}>Close</Button>
            )
          }
        >
          {task ? "It can be restored for 30 days." : "It was deleted for good, or you do not belong to its board."}
        </EmptyState>
      )}
    </Sheet>
  );
}

function RestoreButton({ board_id, task_id }: { board_id: Id; task_id: Id }) {
  const sync = useSync();
  return (
    <Button
      variant="contained"
      color="accent"
      onClick={() => void sync.sendCommand({ type: "task.restore", board_id, task_id })}
    >
      Restore task
    </Button>
  );
}
