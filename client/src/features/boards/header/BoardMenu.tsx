import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import { CircleDot, Ellipsis, LogOut, Pencil, Rows3, SquareKanban, Trash, Trash2, UserRound, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";

import type { Board } from "../../../protocol/records";
import { useAccountId, useMay, useRole, useSendCommand } from "../../../sync/hooks";
import { useSendWithUndo } from "../../../ui/feedback/useSendWithUndo";
import { IconButton } from "../../../ui/inputs/IconButton";
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
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isLeaving, setLeaving] = useState(false);
  const accountId = useAccountId();
  const role = useRole(board.id);
  const mayRename = useMay(board.id, "board.edit");
  const send = useSendCommand();
  const sendWithUndo = useSendWithUndo();
  const navigate = useNavigate();
  const isShared = board.kind === "shared";

  const item = (Icon: LucideIcon, words: string, act: () => void) => (
    <MenuItem
      key={words}
      onClick={() => {
        setAnchor(null);
        requestAnimationFrame(act);
      }}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      {words}
    </MenuItem>
  );

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

  return (
    <>
      <IconButton
        icon={Ellipsis}
        label="Actions for this board"
        expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      />
      <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)}>
        {isPhone && item(CircleDot, "Goals", () => void navigate(boardPaths.goals(board.id)))}
        {isPhone && view === "columns" && item(Rows3, "Show as one list", () => onView("rows"))}
        {isPhone && view === "rows" && item(SquareKanban, "Show list by list", () => onView("columns"))}
        {isPhone &&
          isShared &&
          (filter.kind === "everyone"
            ? item(UserRound, "Only my tasks", () => onFilter({ kind: "person", id: accountId }))
            : item(UserRound, "Everyone’s tasks", () => onFilter(EVERYONE)))}
        {mayRename && item(Pencil, "Rename", onRename)}
        {item(Trash, "Trash", () => void navigate(boardPaths.trash(board.id)))}
        {isShared && role !== "owner" && item(LogOut, "Leave board", () => setLeaving(true))}
        {isShared && role === "owner" && item(Trash2, "Delete board", remove)}
      </Menu>
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
