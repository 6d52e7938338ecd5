import { SquareKanban } from "lucide-react";

import type { Id } from "../../protocol/records";
import { useLists, useMay, useSendCommand } from "../../sync/hooks";
import { newId } from "../../sync/ids";
import { positionAtEnd } from "../../sync/positions";
import { EmptyState } from "../../ui/feedback/EmptyState";
import { Button } from "../../ui/inputs/Button";

const FIRST_LISTS = ["To do", "Doing", "Done"];

/** A board without lists: says what belongs here and makes the first ones. Nothing once there is a list. */
export function EmptyBoard({ boardId }: { boardId: Id }) {
  const lists = useLists(boardId);
  const mayAdd = useMay(boardId, "list.create");
  const send = useSendCommand();
  if (lists.length > 0) return null;

  const addFirstLists = () => {
    const made: { position: string }[] = [];
    for (const title of FIRST_LISTS) {
      const position = positionAtEnd(made);
      made.push({ position });
      void send({ type: "list.create", board_id: boardId, list_id: newId(), title, position });
    }
  };
  return (
    <EmptyState
      icon={SquareKanban}
      title="No lists yet"
      action={
        mayAdd ? (
          <Button variant="contained" color="accent" onClick={addFirstLists}>
            Start with To do, Doing, Done
          </Button>
        ) : undefined
      }
    >
      Tasks stand in lists: what is to be done, what is being done, what is done.
    </EmptyState>
  );
}
