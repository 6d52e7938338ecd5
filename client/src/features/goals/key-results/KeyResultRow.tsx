import { ArrowDown, ArrowUp, Pencil, Trash2 } from "lucide-react";

import type { Goal, Id } from "../../../protocol/records";
import { useKeyResults, useMay, useSendCommand } from "../../../sync/hooks";
import { neededPerDay, pace } from "../../../sync/pace";
import { positionAt } from "../../../sync/positions";
import { ActionMenu } from "../../../ui/actions/ActionMenu";
import { useToday } from "../../../ui/days/calendarContext";
import { useSendWithUndo } from "../../../ui/feedback/useSendWithUndo";
import { Button } from "../../../ui/inputs/Button";
import { personStyle } from "../../../ui/people/personColor";
import { useArrivalColor } from "../../../ui/people/useArrivalColor";
import { ProgressBar } from "../../../ui/progress/ProgressBar";
import { amountWords, measureWords, paceWords } from "../goalWords";
import type { KeyResultSeries } from "../useGoalSeries";
import styles from "./KeyResultRow.module.css";

interface KeyResultRowProps {
  boardId: Id;
  goal: Goal;
  figures: KeyResultSeries;
  onCheckIn: () => void;
  /** Absent where it is only to be read. */
  onEdit?: () => void;
}

/** A key result: how far on its way, how far it should be, and what each day must bring. */
export function KeyResultRow({ boardId, goal, figures, onCheckIn, onEdit }: KeyResultRowProps) {
  const today = useToday();
  const mayCheckIn = useMay(boardId, "check_in.create");
  const { keyResult, current, progress } = figures;
  const color = useArrivalColor(boardId, keyResult.id);
  const expected = goal.state === "open" ? (pace(goal, progress, today)?.expected ?? null) : null;
  const tone = progress >= 1 ? "good" : "accent";
  const isOpen = goal.state === "open";
  return (
    <li className={`${styles.row} ${color === null ? "" : styles.changed}`} style={color === null ? undefined : personStyle(color)}>
      <div className={styles.head}>
        <span className={styles.title} dir="auto">
          {keyResult.title}
        </span>
        <span className={styles.measure}>{measureWords(keyResult, current)}</span>
      </div>
      <ProgressBar value={progress} expected={expected} tone={tone} label={`${keyResult.title}: ${measureWords(keyResult, current)}`} />
      <div className={styles.foot}>
        <span className={styles.words}>
          {[paceWords(goal, progress, today), isOpen ? neededWords(figures, goal, today) : ""].filter((words) => words !== "").join(" · ")}
        </span>
        {isOpen && mayCheckIn && keyResult.source === "manual" && (
          <Button onClick={onCheckIn} aria-label={`Check in: ${keyResult.title}`}>
            Check in
          </Button>
        )}
        {onEdit !== undefined && <KeyResultMenu boardId={boardId} figures={figures} onEdit={onEdit} />}
      </div>
    </li>
  );
}

/** What the rest of the period must bring, by week where a day's share would say nothing. */
function neededWords({ keyResult, current, progress }: KeyResultSeries, goal: Goal, today: string): string {
  if (keyResult.source === "task_count") return progress >= 1 ? "" : `${keyResult.target_value - current} to go`;
  const perDay = progress >= 1 ? null : neededPerDay(keyResult.target_value, current, goal.ends_on, today);
  if (perDay === null) return "";
  const words = (amount: number) => (amount > 0 ? "+" : "") + amountWords(Number(amount.toPrecision(2)), keyResult.unit);
  return Math.abs(perDay) >= 1 ? `${words(perDay)} a day to go` : `${words(perDay * 7)} a week to go`;
}

function KeyResultMenu({ boardId, figures, onEdit }: { boardId: Id; figures: KeyResultSeries; onEdit: () => void }) {
  const { keyResult } = figures;
  const all = useKeyResults(boardId, keyResult.goal_id);
  const send = useSendCommand();
  const sendWithUndo = useSendWithUndo();
  const onKeyResult = { board_id: boardId, key_result_id: keyResult.id };
  const at = all.findIndex(({ id }) => id === keyResult.id);

  const moveTo = (index: number) => {
    const others = all.filter(({ id }) => id !== keyResult.id);
    void send({ type: "key_result.move", ...onKeyResult, position: positionAt(others, index) });
  };
  const remove = () => {
    sendWithUndo({ type: "key_result.delete", ...onKeyResult }, `Deleted “${keyResult.title}”`, {
      type: "key_result.restore",
      ...onKeyResult,
    });
  };
  return (
    <ActionMenu
      label={`Actions for ${keyResult.title}`}
      actions={[
        { icon: Pencil, words: "Edit", act: onEdit },
        at > 0 && { icon: ArrowUp, words: "Move up", act: () => moveTo(at - 1) },
        at < all.length - 1 && { icon: ArrowDown, words: "Move down", act: () => moveTo(at + 1) },
        { icon: Trash2, words: "Delete", act: remove },
      ]}
    />
  );
}
