import { ChevronRight, Plus, Search, SquareKanban } from "lucide-react";
import { Link } from "react-router";

import { useBoards } from "../../sync/hooks";
import { EmptyState } from "../../ui/feedback/EmptyState";
import { Button } from "../../ui/inputs/Button";
import { IconButton } from "../../ui/inputs/IconButton";
import { Page } from "../../ui/layout/Page";
import { BoardSign } from "../../ui/people/BoardSign";
import { paths } from "../paths";
import styles from "./BoardsScreen.module.css";
import { useShell } from "./shellContext";

/** All my boards: what the rail shows, as a screen for the phone. */
export default function BoardsScreen() {
  const boards = useBoards();
  const { search, newBoard } = useShell();
  return (
    <Page
      title="Boards"
      actions={
        <>
          <IconButton icon={Search} label="Search" size={20} onClick={search} />
          <Button startIcon={<Plus size={16} strokeWidth={1.75} />} onClick={newBoard}>
            New board
          </Button>
        </>
      }
    >
      <ul className={styles.boards}>
        {boards.map(({ board, role }) => (
          <li key={board.id}>
            <Link to={paths.board(board.id)} className={styles.board}>
              <BoardSign board={board} size={32} />
              <span className={styles.title} dir="auto">
                {board.title}
              </span>
              <span className={styles.role}>{board.kind === "personal" ? "Only you" : role}</span>
              <ChevronRight size={16} strokeWidth={1.75} aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
      {boards.length < 2 && (
        <EmptyState
          icon={SquareKanban}
          title="Share your first board"
          action={
            <Button variant="contained" color="accent" onClick={newBoard}>
              New board
            </Button>
          }
        >
          A shared board keeps tasks and goals with the people you do them with, live on every screen.
        </EmptyState>
      )}
    </Page>
  );
}
