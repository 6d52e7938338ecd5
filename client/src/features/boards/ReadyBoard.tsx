import { useCallback, useState } from "react";
import { useStore } from "react-redux";

import type { Board, Id } from "../../protocol/records";
import { useMay, useSendCommand } from "../../sync/hooks";
import { selectLists, selectRecords, selectTasksOfList } from "../../sync/selectors";
import type { RootState } from "../../sync/state";
import { PageHeading } from "../../ui/inputs/PageHeading";
import { Page } from "../../ui/layout/Page";
import { BoardSign } from "../../ui/people/BoardSign";
import { BoardGhost } from "./BoardGhost";
import { EmptyBoard } from "./EmptyBoard";
import { FirstInvitation } from "./FirstInvitation";
import styles from "./ReadyBoard.module.css";
import { WhileAway } from "./away/WhileAway";
import { useBoardView } from "./boardView";
import { ListColumns } from "./columns/ListColumns";
import { BoardDrag } from "./drag/BoardDrag";
import type { Drag } from "./drag/dragContext";
import { positionBefore, type DropPlace } from "./drag/places";
import { BoardActions } from "./header/BoardActions";
import { usePersonFilter } from "./personFilter";
import { ListRows } from "./rows/ListRows";
import { useFollowColumns, useReadColumns } from "./useShownTasks";

/** A board whose copy is here: its header, and its lists in one of two views, in which everything can be moved. */
export function ReadyBoard({ board }: { board: Board }) {
  const mayMove = useMay(board.id, "task.move");
  const mayRename = useMay(board.id, "board.edit");
  const send = useSendCommand();
  const rename = (title: string, typedOver: string) =>
    void send({ type: "board.edit", board_id: board.id, title }, { title: typedOver });
  const [view, setView] = useBoardView(board.id);
  const [filter, setFilter] = usePersonFilter();
  const [isRenaming, setRenaming] = useState(false);
  const readColumns = useReadColumns(board.id, filter);
  const followColumns = useFollowColumns(board.id);
  const { titleOf, moveTask, moveList } = useMoves(board.id);
  return (
    <Page
      title={board.title}
      heading={
        <PageHeading
          title={board.title}
          label="Title of the board"
          mayEdit={mayRename}
          isEditing={isRenaming}
          onEdit={setRenaming}
          onSave={rename}
        />
      }
      sign={<BoardSign board={board} size={24} />}
      width="full"
      actions={
        <BoardActions
          board={board}
          view={view}
          onView={setView}
          filter={filter}
          onFilter={setFilter}
          onRename={() => setRenaming(true)}
        />
      }
    >
      <WhileAway key={board.id} boardId={board.id} />
      <FirstInvitation board={board} />
      <BoardDrag
        mayMove={mayMove}
        readColumns={readColumns}
        followColumns={followColumns}
        titleOf={titleOf}
        onDropTask={moveTask}
        onDropList={moveList}
        ghost={(drag) => <BoardGhost boardId={board.id} drag={drag} view={view} />}
      >
        <div className={styles.lists}>
          <EmptyBoard boardId={board.id} />
          {view === "columns" ? (
            <ListColumns boardId={board.id} filter={filter} />
          ) : (
            <ListRows boardId={board.id} filter={filter} />
          )}
        </div>
      </BoardDrag>
    </Page>
  );
}

/** Turns a place among neighbours into a command. */
function useMoves(boardId: Id) {
  const store = useStore<RootState>();
  const send = useSendCommand();

  const moveTask = useCallback(
    (taskId: Id, place: DropPlace) => {
      const sorted = selectTasksOfList(store.getState(), boardId, place.list_id);
      const position = positionBefore(sorted, place.before_id, taskId);
      void send({ type: "task.move", board_id: boardId, task_id: taskId, list_id: place.list_id, position });
      focusTask(taskId);
    },
    [store, send, boardId],
  );
  const moveList = useCallback(
    (listId: Id, beforeId: Id | null) => {
      const position = positionBefore(selectLists(store.getState(), boardId), beforeId, listId);
      void send({ type: "list.move", board_id: boardId, list_id: listId, position });
    },
    [store, send, boardId],
  );
  const titleOf = useCallback(
    (kind: Drag["kind"], id: Id) => selectRecords(store.getState(), boardId)[kind][id]?.title ?? "",
    [store, boardId],
  );
  return { titleOf, moveTask, moveList };
}

/** In its new list the task is a new element; the focus goes with it. */
function focusTask(taskId: Id): void {
  requestAnimationFrame(() => {
    const target = document.querySelector<HTMLElement>(`[data-row="${CSS.escape(taskId)}"] [data-row-focus]`);
    target?.focus({ preventScroll: true });
  });
}
