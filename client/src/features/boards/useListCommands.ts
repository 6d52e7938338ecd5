import { useMemo } from "react";
import { useStore } from "react-redux";

import type { Id, List } from "../../protocol/records";
import { useSendCommand } from "../../sync/hooks";
import { positionAt } from "../../sync/positions";
import { selectLists } from "../../sync/selectors";
import type { RootState } from "../../sync/state";
import { useSendWithUndo } from "../../ui/feedback/useSendWithUndo";

/** What can be done to a list of a board. */
export function useListCommands(boardId: Id, list: List) {
  const store = useStore<RootState>();
  const send = useSendCommand();
  const sendWithUndo = useSendWithUndo();
  return useMemo(() => {
    const onList = { board_id: boardId, list_id: list.id };
    return {
      rename: (title: string, typedOver: string) => void send({ type: "list.edit", ...onList, title }, { title: typedOver }),
      /** Changes place with the list on that side; does nothing at an end. */
      moveBy: (step: -1 | 1) => {
        const lists = selectLists(store.getState(), boardId);
        const index = lists.findIndex(({ id }) => id === list.id) + step;
        if (index < 0 || index >= lists.length) return;
        const others = lists.filter(({ id }) => id !== list.id);
        void send({ type: "list.move", ...onList, position: positionAt(others, index) });
      },
      remove: () => {
        sendWithUndo({ type: "list.delete", ...onList }, `Deleted “${list.title}” with its tasks`, { type: "list.restore", ...onList });
      },
    };
  }, [store, send, sendWithUndo, boardId, list.id, list.title]);
}
