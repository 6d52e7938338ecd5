import { Trash2, Unplug } from "lucide-react";
import { useEffect } from "react";
import { Outlet, useParams } from "react-router";

import type { Board, Id } from "../../protocol/records";
import { useBoard, useBoardStatus, useMay, useSendCommand, useSync } from "../../sync/hooks";
import { EmptyState } from "../../ui/feedback/EmptyState";
import { Button, ButtonLink } from "../../ui/inputs/Button";
import { Page } from "../../ui/layout/Page";
import { useOpenTask } from "../../ui/layout/useTaskLink";
import { BoardSkeleton } from "./BoardSkeleton";
import { ReadyBoard } from "./ReadyBoard";

/** A board at its address: its tasks when they are here, else what is so and what to do. */
export default function BoardScreen() {
  const { boardId = "" } = useParams();
  const status = useBoardStatus(boardId);
  const board = useBoard(boardId);
  usePresenceHere(boardId);
  if (status === "absent") return <AbsentBoard />;
  if (board === undefined) return <BoardSkeleton />;
  if (board.deleted_at !== null) return <DeletedBoard board={board} />;
  return (
    <>
      <ReadyBoard key={boardId} board={board} />
      <Outlet />
    </>
  );
}

/** Tells the others that I am here, and with which task open. */
function usePresenceHere(boardId: Id): void {
  const sync = useSync();
  const { open } = useOpenTask();
  const taskId = open?.board_id === boardId ? open.task_id : null;
  useEffect(() => sync.showPresence(boardId, taskId), [sync, boardId, taskId]);
}

function AbsentBoard() {
  return (
    <Page title="Board">
      <EmptyState
        icon={Unplug}
        title="This board is not yours to see"
        action={
          <ButtonLink to="/boards">
            See my boards
          </ButtonLink>
        }
      >
        It was deleted, or you no longer belong to it. Ask its owner for an invitation.
      </EmptyState>
    </Page>
  );
}

function DeletedBoard({ board }: { board: Board }) {
  const send = useSendCommand();
  const mayRestore = useMay(board.id, "board.restore");
  return (
    <Page title={board.title}>
      <EmptyState
        icon={Trash2}
        title="This board is in the trash"
        action={
          mayRestore ? (
            <Button variant="contained" color="accent" onClick={() => void send({ type: "board.restore", board_id: board.id })}>
              Restore board
            </Button>
          ) : undefined
        }
      >
        {mayRestore ? "Its tasks and goals are kept." : "Its owner can restore it with all its tasks and goals."}
      </EmptyState>
    </Page>
  );
}
