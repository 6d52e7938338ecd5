import type { ReactNode } from "react";

import type { Id } from "../../../protocol/records";
import { dragHandle } from "../drag/handles";
import styles from "./DraggableTask.module.css";

/** Makes what it holds a handle of its task: by mouse at once, by finger after a rest. */
export function DraggableTask({ taskId, children }: { taskId: Id; children: ReactNode }) {
  return (
    <div className={styles.handle} {...dragHandle({ kind: "task", id: taskId })}>
      {children}
    </div>
  );
}
