import { useDeferredValue, useRef, type ReactNode } from "react";
import { createPortal } from "react-dom";

import styles from "./BoardDrag.module.css";
import { DragActionsContext, DragContext, type Drag } from "./dragContext";
import { useBoardDrag, type BoardDragOptions } from "./useBoardDrag";
import { usePointerDrag } from "./usePointerDrag";

interface BoardDragProps extends BoardDragOptions {
  /** What follows the pointer. */
  ghost: (drag: Drag) => ReactNode;
  children: ReactNode;
}

/** Lets tasks and lists below it be moved, by mouse, finger and keyboard. */
export function BoardDrag({ ghost, children, ...options }: BoardDragProps) {
  const root = useRef<HTMLDivElement>(null);
  const overlay = useRef<HTMLDivElement>(null);
  const { drag, spoken, actions, moves } = useBoardDrag(root, options);
  const box = usePointerDrag(root, overlay, options.mayMove, moves);
  // What was lifted is drawn first, and what the lists show of it in the frame after.
  const deferred = useDeferredValue(drag);
  // Where it stood is no place any more once it has been let go.
  const dragBelow = drag !== null && deferred?.id === drag.id ? deferred : null;
  const isHeld = drag?.by === "pointer";
  return (
    <>
      <DragActionsContext value={actions}>
        <DragContext value={dragBelow}>
          <div ref={root} className={`${styles.root} ${isHeld ? styles.dragging : ""}`}>
            {children}
          </div>
        </DragContext>
      </DragActionsContext>
      <div role="status" aria-live="assertive" className="visually-hidden">
        {spoken}
      </div>
      {isHeld &&
        box !== null &&
        createPortal(
          <div
            ref={overlay}
            className={styles.overlay}
            style={{ left: box.left, top: box.top, width: box.right - box.left, height: box.bottom - box.top }}
            data-drag-ghost
          >
            {ghost(drag)}
          </div>,
          document.body,
        )}
    </>
  );
}
