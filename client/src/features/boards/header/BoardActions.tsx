import { CircleDot, Rows3, SquareKanban, UserPlus } from "lucide-react";

import type { Board } from "../../../protocol/records";
import { useGoals } from "../../../sync/hooks";
import { ButtonLink } from "../../../ui/inputs/Button";
import { IconButton } from "../../../ui/inputs/IconButton";
import { boardPaths } from "../../../ui/layout/boardPaths";
import { usePhone } from "../../../ui/layout/usePhone";
import type { BoardView } from "../boardView";
import type { PersonFilter } from "../shownTasks";
import styles from "./BoardActions.module.css";
import { BoardMenu } from "./BoardMenu";
import { HereNow } from "./HereNow";
import { PersonFilterButton } from "./PersonFilterButton";

interface BoardActionsProps {
  board: Board;
  view: BoardView;
  onView: (view: BoardView) => void;
  filter: PersonFilter;
  onFilter: (filter: PersonFilter) => void;
  onRename: () => void;
}

/** Who is here, what is shown, and what can be done: at the right of the board's title. */
export function BoardActions({ board, view, onView, filter, onFilter, onRename }: BoardActionsProps) {
  const isPhone = usePhone();
  const goals = useGoals(board.id);
  const open = goals.filter(({ state }) => state === "open").length;
  const other: BoardView = view === "columns" ? "rows" : "columns";
  return (
    <>
      <HereNow boardId={board.id} />
      {!isPhone && (
        <ButtonLink
          to={boardPaths.goals(board.id)}
          variant="text"
          startIcon={<CircleDot size={16} strokeWidth={1.75} aria-hidden />}
        >
          Goals{open > 0 && <span className={styles.count}>{open}</span>}
        </ButtonLink>
      )}
      {board.kind === "shared" && (!isPhone || filter.kind !== "everyone") && (
        <PersonFilterButton boardId={board.id} filter={filter} onChoose={onFilter} />
      )}
      {!isPhone && (
        <IconButton
          icon={view === "columns" ? Rows3 : SquareKanban}
          label={view === "columns" ? "Show as one list" : "Show lists side by side"}
          onClick={() => onView(other)}
        />
      )}
      {board.kind === "shared" && (
        <ButtonLink
          to={boardPaths.share(board.id)}
          variant={isPhone ? "text" : "outlined"}
          aria-label="Share"
          startIcon={<UserPlus size={16} strokeWidth={1.75} aria-hidden />}
          className={styles.share ?? ""}
        >
          {!isPhone && "Share"}
        </ButtonLink>
      )}
      <BoardMenu board={board} view={view} onView={onView} filter={filter} onFilter={onFilter} onRename={onRename} />
    </>
  );
}
