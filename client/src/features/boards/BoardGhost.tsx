import type { Id } from "../../protocol/records";
import { useList, useTask } from "../../sync/hooks";
import styles from "./BoardGhost.module.css";
import type { BoardView } from "./boardView";
import { TaskCard } from "./cards/TaskCard";
import { useTaskFace } from "./cards/useTaskFace";
import type { Drag } from "./drag/dragContext";

/** What follows the pointer: the card itself, or a list's title. */
export function BoardGhost({ boardId, drag, view }: { boardId: Id; drag: Drag; view: BoardView }) {
  if (drag.kind === "list") return <ListGhost boardId={boardId} listId={drag.id} />;
  return view === "columns" ? <CardGhost boardId={boardId} taskId={drag.id} /> : <RowGhost boardId={boardId} taskId={drag.id} />;
}

function CardGhost({ boardId, taskId }: { boardId: Id; taskId: Id }) {
  const task = useTask(boardId, taskId);
  return task === undefined ? null : <FullCard boardId={boardId} task={task} />;
}

function FullCard({ boardId, task }: { boardId: Id; task: NonNullable<ReturnType<typeof useTask>> }) {
  const face = useTaskFace(boardId, task);
  return (
    <div className={styles.card}>
      <TaskCard task={task} face={face} />
    </div>
  );
}

function RowGhost({ boardId, taskId }: { boardId: Id; taskId: Id }) {
  const task = useTask(boardId, taskId);
  return (
    <div className={styles.ghost} dir="auto">
      {task?.title}
    </div>
  );
}

function ListGhost({ boardId, listId }: { boardId: Id; listId: Id }) {
  const list = useList(boardId, listId);
  return (
    <div className={styles.ghost} dir="auto">
      <strong>{list?.title}</strong>
    </div>
  );
}
