import { Plus } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";

import type { Board, Goal, Id, KeyResult } from "../../protocol/records";
import { useMay, useSendCommand } from "../../sync/hooks";
import type { TypedOver } from "../../sync/sync";
import { Comments } from "../../ui/comments/Comments";
import { Button } from "../../ui/inputs/Button";
import { EditableText } from "../../ui/inputs/EditableText";
import { PageHeading } from "../../ui/inputs/PageHeading";
import { Page } from "../../ui/layout/Page";
import { Section } from "../../ui/layout/Section";
import { boardPaths } from "../../ui/layout/boardPaths";
import { usePhone } from "../../ui/layout/usePhone";
import { BoardSign } from "../../ui/people/BoardSign";
import styles from "./GoalDetails.module.css";
import { GoalHead } from "./GoalHead";
import { GoalMenu } from "./GoalMenu";
import { GoalOverTime } from "./GoalOverTime";
import { CheckInHistory } from "./check-in/CheckInHistory";
import { CheckInSheet } from "./check-in/CheckInSheet";
import { KeyResultRow } from "./key-results/KeyResultRow";
import { KeyResultSheet } from "./key-results/KeyResultSheet";
import { LinkedTasks } from "./linked-tasks/LinkedTasks";
import { useGoalSeries } from "./useGoalSeries";

/** Everything about one goal: how it stands, why, how it went, what moves it. */
export function GoalDetails({ board, goal }: { board: Board; goal: Goal }) {
  const send = useSendCommand();
  const isPhone = usePhone();
  const mayEdit = useMay(board.id, "goal.edit");
  const figures = useGoalSeries(board.id, goal);
  const [isRenaming, setRenaming] = useState(false);
  const [checkingIn, setCheckingIn] = useState<{ keyResultId?: Id } | null>(null);
  const [editing, setEditing] = useState<{ keyResult?: KeyResult } | null>(null);
  const edit = (fields: { title?: string; why?: string }, typedOver: TypedOver) =>
    void send({ type: "goal.edit", board_id: board.id, goal_id: goal.id, ...fields }, typedOver);
  const mayCheckIn = mayEdit && goal.state === "open";

  return (
    <Page
      title={goal.title}
      heading={
        <PageHeading
          title={goal.title}
          label="Title of the goal"
          mayEdit={mayEdit}
          isEditing={isRenaming}
          onEdit={setRenaming}
          onSave={(title, typedOver) => edit({ title }, { title: typedOver })}
        />
      }
      subtitle={
        <Link to={boardPaths.goals(board.id)} className={styles.board} dir="auto">
          <BoardSign board={board} size={16} />
          Goals of {board.title}
        </Link>
      }
      actions={
        <>
          {mayCheckIn && !isPhone && (
            <Button variant="contained" color="accent" onClick={() => setCheckingIn({})}>
              Check in
            </Button>
          )}
          {mayEdit && <GoalMenu boardId={board.id} goal={goal} onRename={() => setRenaming(true)} />}
        </>
      }
    >
      <GoalHead boardId={board.id} goal={goal} figures={figures} />
      {mayCheckIn && isPhone && (
        <Button variant="contained" color="accent" size="large" fullWidth onClick={() => setCheckingIn({})} className={styles.checkIn}>
          Check in
        </Button>
      )}
      {(mayEdit || goal.why !== "") && (
        <div className={styles.why}>
          <EditableText
            label="Why"
            placeholder="Why it matters to you"
            value={goal.why}
            onSave={(why, typedOver) => edit({ why }, { why: typedOver })}
            readOnly={!mayEdit}
            max_length={20_000}
          />
        </div>
      )}
      <GoalOverTime goal={goal} figures={figures} />
      <div className={styles.parts}>
        <Section
          title="Key results"
          action={
            mayEdit && (
              <Button
                variant="text"
                startIcon={<Plus size={16} strokeWidth={1.75} aria-hidden />}
                onClick={() => setEditing({})}
              >
                Add key result
              </Button>
            )
          }
        >
          {figures.keyResults.length === 0 ? (
            <p className={styles.empty}>A number that says how far you are: kilometres run, euros saved, tasks done.</p>
          ) : (
            <ul>
              {figures.keyResults.map((keyResult) => (
                <KeyResultRow
                  key={keyResult.keyResult.id}
                  boardId={board.id}
                  goal={goal}
                  figures={keyResult}
                  onCheckIn={() => setCheckingIn({ keyResultId: keyResult.keyResult.id })}
                  {...(mayEdit && { onEdit: () => setEditing({ keyResult: keyResult.keyResult }) })}
                />
              ))}
            </ul>
          )}
        </Section>
        <LinkedTasks boardId={board.id} goal={goal} />
        <CheckInHistory boardId={board.id} goalId={goal.id} />
        <Comments board_id={board.id} parent={{ goal_id: goal.id }} />
      </div>
      {checkingIn && (
        <CheckInSheet boardId={board.id} goal={goal} {...checkingIn} onClose={() => setCheckingIn(null)} />
      )}
      {editing && <KeyResultSheet boardId={board.id} goal={goal} {...editing} onClose={() => setEditing(null)} />}
    </Page>
  );
}
