import { useMemo } from "react";
import { useStore } from "react-redux";

import type { Id, List } from "../../protocol/records";
import { useSendCommand } from "../../sync/hooks";
import { positionAt } from "../../sync/positions";
import { selectLists } from "../../sync/selectors";
import type { RootState } from "../../sync/state";
import { showToast } from "../../ui/feedback/toasts";

/** What can be done to a list of a board. */
export function useListCommands(boardId: Id, list: List) {
  const store = useStore<RootState>();
  const send = useSendCommand();
  return useMemo(() => {
    const onList = { board_id: boardId, list_id: list.id };
    return {
      rename: (title: string) => void send({ type: "list.edit", ...onList, title }),
      /** Changes place with the list on that side; does nothing at an end. */
      moveBy: (step: -1 | 1) => {
        const lists = selectLists(store.getState(), boardId);
        const index = lists.findIndex(({ id }) => id === list.id) + step;
        if (index < 0 || index >= lists.length) return;
        const others = lists.filter(({ id }) => id !== list.id);
        void send({ type: "list.move", ...onList, position: positionAt(others, index) });
      },
      remove: () => {
        void send({ type: "list.delete", ...onList });
        showToast(`Deleted “${list.title}” with its tasks`, {
          label: "Undo",
          run: () => void send({ type: "list.restore", ...onList }),
        });
      },
    };
  }, [store, send, boardId, list.id, list.title]);
}
