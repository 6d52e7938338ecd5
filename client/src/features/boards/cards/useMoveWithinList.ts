import { useCallback } from "react";
import { useStore } from "react-redux";

import type { Id, Task } from "../../../protocol/records";
import { useSendCommand } from "../../../sync/hooks";
import { positionAt } from "../../../sync/positions";
import { selectTasksOfList } from "../../../sync/selectors";
import type { RootState } from "../../../sync/state";

/** Puts a task at an end of its list. */
export function useMoveWithinList(boardId: Id, task: Task): (end: "top" | "bottom") => void {
  const store = useStore<RootState>();
  const send = useSendCommand();
  return useCallback(
    (end) => {
      const others = selectTasksOfList(store.getState(), boardId, task.list_id).filter(({ id }) => id !== task.id);
      const position = positionAt(others, end === "top" ? 0 : others.length);
      void send({ type: "task.move", board_id: boardId, task_id: task.id, list_id: task.list_id, position });
    },
    [store, send, boardId, task.id, task.list_id],
  );
}
