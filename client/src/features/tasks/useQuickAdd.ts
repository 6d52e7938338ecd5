import { useCallback, useMemo } from "react";
import { useStore } from "react-redux";

import type { Id } from "../../protocol/records";
import { useAccountId, useBoards, useSendCommand } from "../../sync/hooks";
import { newId } from "../../sync/ids";
import { positionAtEnd } from "../../sync/positions";
import { mayCommand } from "../../sync/roles";
import { selectLists, selectMembers, selectTasksOfList } from "../../sync/selectors";
import type { RootState } from "../../sync/state";
import { useCalendar } from "../../ui/days/calendarContext";
import type { QuickAdd, QuickAddContext } from "../../ui/quick-add/parseQuickAdd";
import type { TaskPlace } from "../../ui/tasks/taskActions";

/** What quick add may name, and how a line becomes a task. */
export function useQuickAdd(place: TaskPlace): { context: QuickAddContext; add: (asked: QuickAdd) => Id } {
  const accountId = useAccountId();
  const boards = useBoards();
  const calendar = useCalendar();
  const send = useSendCommand();
  const store = useStore<RootState>();

  const context = useMemo((): QuickAddContext => {
    const writable = boards.filter(({ role }) => mayCommand(role, "task.create"));
    const here = writable.some(({ board }) => board.id === place.board_id) ? place.board_id : undefined;
    return {
      ...calendar,
      boards: writable.map(({ board }) => ({ id: board.id, name: board.title })),
      peopleOf: (boardId) => selectMembers(store.getState(), boardId),
      board_id: here ?? accountId,
    };
  }, [accountId, boards, calendar, place.board_id, store]);

  const add = useCallback(
    (asked: QuickAdd): Id => {
      const state = store.getState();
      const taskId = newId();
      const lists = selectLists(state, asked.board_id);
      const list = lists.find(({ id }) => id === place.list_id) ?? lists[0];
      const listId = list?.id ?? newId();
      if (!list) {
        void send({ type: "list.create", board_id: asked.board_id, list_id: listId, title: "To do", position: positionAtEnd([]) });
      }
      void send({
        type: "task.create",
        board_id: asked.board_id,
        task_id: taskId,
        list_id: listId,
        title: asked.title,
        position: positionAtEnd(selectTasksOfList(state, asked.board_id, listId)),
        scheduled_on: asked.scheduled_on,
        due_on: asked.due_on,
        priority: asked.priority,
        assignee_ids: asked.assignee_ids,
      });
      return taskId;
    },
    [place.list_id, send, store],
  );
  return { context, add };
}
