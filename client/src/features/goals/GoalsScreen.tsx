import { CircleDot, Plus } from "lucide-react";
import { useState } from "react";
import { Link, useParams } from "react-router";

import type { BoardListEntry } from "../../sync/boards";
import { useBoards, useGoals, useBoardStatus, useBoard } from "../../sync/hooks";
import { mayCommand } from "../../sync/roles";
import { EmptyState } from "../../ui/feedback/EmptyState";
import { SkeletonRows } from "../../ui/feedback/SkeletonRows";
import { Button, ButtonLink } from "../../ui/inputs/Button";
import { Page } from "../../ui/layout/Page";
import { Section } from "../../ui/layout/Section";
import { boardPaths } from "../../ui/layout/boardPaths";
import { BoardSign } from "../../ui/people/BoardSign";
import { GoalCard } from "./GoalCard";
import styles from "./GoalsScreen.module.css";
import { NewGoalSheet } from "./NewGoalSheet";
import { useHasGoals } from "./useHasGoals";

/** The goals of one board, or of all of mine. */
export default function GoalsScreen() {
  const { boardId } = useParams();
  const boards = useBoards();
  const [isAdding, setAdding] = useState(false);
  const shown = boardId === undefined ? boards : boards.filter(({ board }) => board.id === boardId);
  const hasGoals = useHasGoals(shown.map(({ board }) => board.id));
  const mayAdd = shown.some(({ role }) => mayCommand(role, "goal.create"));
  const only = boardId === undefined ? undefined : shown[0];

  return (
    <Page
      title={only === undefined ? "Goals" : `Goals of ${only.board.title}`}
      heading="Goals"
      {...(only && {
        subtitle: (
          <Link to={boardPaths.board(only.board.id)} className={styles.board} dir="auto">
            <BoardSign board={only.board} size={16} />
            {only.board.title}
          </Link>
        ),
      })}
      actions={
        mayAdd && (
          <Button startIcon={<Plus size={16} strokeWidth={1.75} aria-hidden />} onClick={() => setAdding(true)}>
            New goal
          </Button>
        )
      }
    >
      {shown.length === 0 ? (
        <NoBoard boardId={boardId} />
      ) : hasGoals ? (
        shown.map((entry) => <BoardGoals key={entry.board.id} entry={entry} isOnly={only !== undefined} />)
      ) : (
        <EmptyState
          icon={CircleDot}
          title="No goals yet"
          action={
            mayAdd ? (
              <Button variant="contained" color="accent" onClick={() => setAdding(true)}>
                Set the first goal
              </Button>
            ) : undefined
          }
        >
          A goal says where you want to be and by when. Check in with a number, and see whether you get there.
        </EmptyState>
      )}
      {isAdding && <NewGoalSheet {...(boardId !== undefined && { boardId })} onClose={() => setAdding(false)} />}
    </Page>
  );
}

/** Nothing local yet, or a board that is not mine. */
function NoBoard({ boardId = "" }: { boardId: string | undefined }) {
  const status = useBoardStatus(boardId);
  const board = useBoard(boardId);
  if (boardId === "" || (status !== "absent" && board === undefined)) return <SkeletonRows count={4} />;
  return (
    <EmptyState
      icon={CircleDot}
      title="These goals are not yours to see"
      action={
        <ButtonLink to="/goals">
          See my goals
        </ButtonLink>
      }
    >
      Their board is in the trash, or you no longer belong to it.
    </EmptyState>
  );
}

function BoardGoals({ entry: { board }, isOnly }: { entry: BoardListEntry; isOnly: boolean }) {
  const goals = useGoals(board.id);
  const open = goals.filter(({ state }) => state === "open");
  const closed = goals.filter(({ state }) => state !== "open");
  if (goals.length === 0) return null;
  return (
    <>
      {open.length > 0 && (
        <section className={styles.group} aria-label={`Goals of ${board.title}`}>
          {!isOnly && (
            <h2 className={styles.head} dir="auto">
              <Link to={boardPaths.goals(board.id)} className={styles.board}>
                <BoardSign board={board} size={16} />
                {board.title}
              </Link>
            </h2>
          )}
          <ul className={styles.goals}>
            {open.map((goal) => (
              <GoalCard key={goal.id} boardId={board.id} goal={goal} heading={isOnly ? "h2" : "h3"} />
            ))}
          </ul>
        </section>
      )}
      {closed.length > 0 && (
        <Section title={isOnly ? "Closed" : `Closed on ${board.title}`} count={closed.length} folded>
          <ul className={styles.goals}>
            {closed.map((goal) => (
              <GoalCard key={goal.id} boardId={board.id} goal={goal} heading="h3" />
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
