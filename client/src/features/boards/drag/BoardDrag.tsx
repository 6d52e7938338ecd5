import { useDeferredValue, useEffect, useRef, useState, type ReactNode } from "react";
import { createPortal } from "react-dom";

import type { Id } from "../../../protocol/records";
import { afterPaint } from "../../../ui/feedback/afterPaint";
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
  const dragBelow = useDragBelow(drag);
  const isHeld = drag?.by === "pointer";
  const className = [styles.root, isHeld ? styles.dragging : "", dragBelow?.by === "pointer" ? styles.grabbing : ""].join(" ");
  return (
    <>
      <DragActionsContext value={actions}>
        <DragContext value={dragBelow}>
          <div ref={root} className={className}>
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

/** What the lists show of a move. What a pointer has lifted is drawn alone first: it is the answer, and the lists come after that frame. */
function useDragBelow(drag: Drag | null): Drag | null {
  const [seenId, setSeenId] = useState<Id | null>(null);
  const heldId = drag?.by === "pointer" ? drag.id : null;
  useEffect(() => {
    if (heldId === null) return;
    const cancel = afterPaint(() => setSeenId(heldId));
    return () => {
      cancel();
      setSeenId(null);
    };
  }, [heldId]);
  const deferred = useDeferredValue(drag);
  // Where it stood is no place any more once it has been let go.
  return drag !== null && deferred?.id === drag.id && heldId === seenId ? deferred : null;
}
