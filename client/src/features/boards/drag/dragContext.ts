import { createContext, useContext } from "react";

import type { Id } from "../../../protocol/records";
import type { DropPlace } from "./places";

/** What is being moved, and where it would land if it were let go now. */
export type Drag =
  | { readonly kind: "task"; readonly id: Id; readonly place: DropPlace; readonly by: "pointer" | "keyboard" }
  | { readonly kind: "list"; readonly id: Id; readonly before_id: Id | null; readonly by: "pointer" | "keyboard" };

/** Whether anything here can be moved at all, and how to lift it by keyboard. */
interface DragActions {
  readonly mayMove: boolean;
  readonly liftTask: (taskId: Id) => void;
  readonly liftList: (listId: Id) => void;
}

// Two contexts: cards ask only for the actions, so that a moving card redraws columns, not every card.
export const DragContext = createContext<Drag | null>(null);
export const DragActionsContext = createContext<DragActions>({
  mayMove: false,
  liftTask: () => undefined,
  liftList: () => undefined,
});

export const useDragActions = (): DragActions => useContext(DragActionsContext);

/** What a list shows of a move: which of its tasks is lifted, and where the line is (null: at its end). */
export interface ListDrag {
  readonly lifted_id: Id | null;
  readonly line_before: Id | null | undefined;
  /** Moved by keyboard, the line is brought into view; a pointer is there already. */
  readonly reveals: boolean;
}

const AT_REST: ListDrag = { lifted_id: null, line_before: undefined, reveals: false };

export function useListDrag(listId: Id): ListDrag {
  const drag = useContext(DragContext);
  return drag?.kind === "task" ? listDrag(drag, listId) : AT_REST;
}

function listDrag(drag: Extract<Drag, { kind: "task" }>, listId: Id): ListDrag {
  return {
    lifted_id: drag.id,
    line_before: drag.place.list_id === listId ? drag.place.before_id : undefined,
    reveals: drag.by === "keyboard",
  };
}

/** The same for a view in which all lists stand in one column. */
export function useDragIn(): (listId: Id) => ListDrag {
  const drag = useContext(DragContext);
  return (listId) => (drag?.kind === "task" ? listDrag(drag, listId) : AT_REST);
}

/** Whether the line between lists stands before this one (null: after the last). */
export function useListLine(listId: Id | null): boolean {
  const drag = useContext(DragContext);
  return drag?.kind === "list" && drag.before_id === listId;
}
