import { useCallback, useSyncExternalStore } from "react";

import type { Id } from "../../protocol/records";

/** Lists side by side, or one below the other. */
export type BoardView = "columns" | "rows";

const keyOf = (boardId: Id): string => `lockstep.view.${boardId}`;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** How this board is looked at on this device; remembered for each board. */
export function useBoardView(boardId: Id): [BoardView, (view: BoardView) => void] {
  const view = useSyncExternalStore(
    subscribe,
    useCallback(() => (localStorage.getItem(keyOf(boardId)) === "rows" ? "rows" : "columns"), [boardId]),
  );
  const choose = useCallback(
    (chosen: BoardView) => {
      localStorage.setItem(keyOf(boardId), chosen);
      listeners.forEach((listener) => listener());
    },
    [boardId],
  );
  return [view, choose];
}
