import { useDraggable } from "@dnd-kit/core";
import type { ReactNode } from "react";

import type { Id } from "../../../protocol/records";
import { useDragActions } from "../drag/dragContext";
import type { DragData } from "../drag/useBoardDrag";
import styles from "./DraggableTask.module.css";

/** Makes what it holds a handle of its task: by mouse at once, by finger after a rest. */
export function DraggableTask({ taskId, children }: { taskId: Id; children: ReactNode }) {
  const { mayMove } = useDragActions();
  const data: DragData = { kind: "task", id: taskId };
  const { setNodeRef, listeners } = useDraggable({ id: taskId, data, disabled: !mayMove });
  return (
    <div ref={setNodeRef} className={styles.handle} {...(mayMove ? listeners : {})}>
      {children}
    </div>
  );
}
