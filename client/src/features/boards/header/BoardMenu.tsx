import { CircleDot, LogOut, Pencil, Rows3, SquareKanban, Trash, Trash2, UserRound } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";

import type { Board } from "../../../protocol/records";
import { useAccountId, useMay, useRole, useSendCommand } from "../../../sync/hooks";
import { ActionMenu, type Action } from "../../../ui/actions/ActionMenu";
import { useSendWithUndo } from "../../../ui/feedback/useSendWithUndo";
import { ConfirmDialog } from "../../../ui/layout/ConfirmDialog";
import { boardPaths } from "../../../ui/layout/boardPaths";
import { usePhone } from "../../../ui/layout/usePhone";
import type { BoardView } from "../boardView";
import { EVERYONE, type PersonFilter } from "../shownTasks";

interface BoardMenuProps {
  board: Board;
  view: BoardView;
  onView: (view: BoardView) => void;
  filter: PersonFilter;
  onFilter: (filter: PersonFilter) => void;
  onRename: () => void;
}

/**
 * What can be done to the board as a whole, and on a phone what the header has no room for. What my role does not allow
 * is not there.
 */
export function BoardMenu({ board, view, onView, filter, onFilter, onRename }: BoardMenuProps) {
  const isPhone = usePhone();
  const [isLeaving, setLeaving] = useState(false);
  const accountId = useAccountId();
  const role = useRole(board.id);
  const mayRename = useMay(board.id, "board.edit");
  const send = useSendCommand();
  const sendWithUndo = useSendWithUndo();
  const navigate = useNavigate();
  const isShared = board.kind === "shared";

  const remove = () => {
    void navigate("/boards");
    sendWithUndo({ type: "board.delete", board_id: board.id }, `Deleted the board “${board.title}”`, {
      type: "board.restore",
      board_id: board.id,
    });
  };
  const leave = () => {
    void send({ type: "member.remove", board_id: board.id, member_id: accountId });
    void navigate("/boards");
  };

  const asRows: Action = { icon: Rows3, words: "Show as one list", act: () => onView("rows") };
  const asColumns: Action = { icon: SquareKanban, words: "Show list by list", act: () => onView("columns") };
  const onlyMine: Action = { icon: UserRound, words: "Only my tasks", act: () => onFilter({ kind: "person", id: accountId }) };
  const everyones: Action = { icon: UserRound, words: "Everyone’s tasks", act: () => onFilter(EVERYONE) };

  return (
    <>
      <ActionMenu
        label="Actions for this board"
        actions={[
          isPhone && { icon: CircleDot, words: "Goals", act: () => void navigate(boardPaths.goals(board.id)) },
          isPhone && (view === "columns" ? asRows : asColumns),
          isPhone && isShared && (filter.kind === "everyone" ? onlyMine : everyones),
          mayRename && { icon: Pencil, words: "Rename", act: onRename },
          { icon: Trash, words: "Trash", act: () => void navigate(boardPaths.trash(board.id)) },
          isShared && role !== "owner" && { icon: LogOut, words: "Leave board", act: () => setLeaving(true) },
          isShared && role === "owner" && { icon: Trash2, words: "Delete board", act: remove },
        ]}
      />
      {isLeaving && (
        <ConfirmDialog
          title={`Leave “${board.title}”?`}
          confirm="Leave board"
          onConfirm={leave}
          onClose={() => setLeaving(false)}
        >
          It goes from all your devices. To come back you need a new invitation.
        </ConfirmDialog>
      )}
    </>
  );
}
