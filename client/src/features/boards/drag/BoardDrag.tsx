import { DndContext, DragOverlay, MouseSensor, TouchSensor, useSensor, useSensors } from "@dnd-kit/core";
import { useRef, type ReactNode } from "react";
import { createPortal } from "react-dom";

import styles from "./BoardDrag.module.css";
import { DragActionsContext, DragContext, type Drag } from "./dragContext";
import { useBoardDrag, type BoardDragOptions } from "./useBoardDrag";

interface BoardDragProps extends BoardDragOptions {
  /** What follows the pointer. */
  ghost: (drag: Drag) => ReactNode;
  children: ReactNode;
}

// A press becomes a drag after a little way with a mouse, after a rest with a finger: scrolling never drags.
const MOUSE = { activationConstraint: { distance: 6 } };
const TOUCH = { activationConstraint: { delay: 220, tolerance: 8 } };

// Moves by keyboard are spoken by our own region, in words about lists; dnd-kit's are about droppables.
const SILENT = {
  announcements: {
    onDragStart: () => undefined,
    onDragOver: () => undefined,
    onDragEnd: () => undefined,
    onDragCancel: () => undefined,
  },
  screenReaderInstructions: { draggable: "" },
};

/** Lets tasks and lists below it be moved, by mouse, finger and keyboard. */
export function BoardDrag({ ghost, children, ...options }: BoardDragProps) {
  const root = useRef<HTMLDivElement>(null);
  const { drag, spoken, actions, findPlace, handlers } = useBoardDrag(root, options);
  const sensors = useSensors(useSensor(MouseSensor, MOUSE), useSensor(TouchSensor, TOUCH));
  return (
    <DndContext sensors={sensors} collisionDetection={findPlace} accessibility={SILENT} {...handlers}>
      <DragActionsContext value={actions}>
        <DragContext value={drag}>
          <div ref={root} className={`${styles.root} ${drag?.by === "pointer" ? styles.dragging : ""}`}>
            {children}
          </div>
        </DragContext>
      </DragActionsContext>
      <div role="status" aria-live="assertive" className="visually-hidden">
        {spoken}
      </div>
      {createPortal(
        <DragOverlay dropAnimation={null} className={styles.overlay ?? ""}>
          {drag?.by === "pointer" && ghost(drag)}
        </DragOverlay>,
        document.body,
      )}
    </DndContext>
  );
}
