import { ChevronDown } from "lucide-react";
import { useId, useState } from "react";
import { Link } from "react-router";

import type { Goal, Id } from "../../protocol/records";
import { useMay, useMember } from "../../sync/hooks";
import { Button } from "../../ui/inputs/Button";
import { boardPaths } from "../../ui/layout/boardPaths";
import { Avatar } from "../../ui/people/Avatar";
import { personStyle } from "../../ui/people/personColor";
import { useArrivalColor } from "../../ui/people/useArrivalColor";
import { ProgressRing } from "../../ui/progress/ProgressRing";
import styles from "./GoalCard.module.css";
import { GoalLine } from "./GoalLine";
import { Sparkline } from "./chart/Sparkline";
import { CheckInSheet } from "./check-in/CheckInSheet";
import { goalTone } from "./goalWords";
import { KeyResultRow } from "./key-results/KeyResultRow";
import { useGoalSeries } from "./useGoalSeries";

interface GoalCardProps {
  boardId: Id;
  goal: Goal;
  /** The level of its title: below the page's, or below the board's. */
  heading: "h2" | "h3";
}

/** A goal among others: read in a second, opened for its key results, checked in with one tap. */
export function GoalCard({ boardId, goal, heading: Heading }: GoalCardProps) {
  const figures = useGoalSeries(boardId, goal);
  const owner = useMember(boardId, goal.owner_id);
  const mayCheckIn = useMay(boardId, "check_in.create") && goal.state === "open";
  const color = useArrivalColor(boardId, goal.id);
  const [isOpen, setOpen] = useState(false);
  const [checkingIn, setCheckingIn] = useState<{ keyResultId?: Id } | null>(null);
  const listId = useId();
  const tone = goalTone(goal);
  const { progress, keyResults } = figures;
  return (
    <li className={`${styles.card} ${color === null ? "" : styles.changed}`} style={color === null ? undefined : personStyle(color)}>
      <div className={styles.face}>
        <ProgressRing value={progress ?? 0} size={48} stroke={5} tone={tone} label={`Progress of ${goal.title}`}>
          {progress === null ? "" : Math.round(progress * 100)}
        </ProgressRing>
        <div className={styles.words}>
          <Heading className={styles.title}>
            <Link to={boardPaths.goal(boardId, goal.id)} dir="auto">
              {goal.title}
            </Link>
          </Heading>
          <GoalLine goal={goal} figures={figures} />
        </div>
        {owner && <Avatar person={owner} size={24} />}
        <span className={styles.spark}>
          <Sparkline series={figures.series} starts_on={goal.starts_on} ends_on={goal.ends_on} tone={tone} />
        </span>
      </div>
      <div className={styles.actions}>
        {keyResults.length > 0 && (
          <button
            type="button"
            className={styles.toggle}
            aria-expanded={isOpen}
            aria-controls={listId}
            onClick={() => setOpen(!isOpen)}
          >
            <ChevronDown size={16} strokeWidth={1.75} aria-hidden className={isOpen ? styles.open : styles.closed} />
            {keyResults.length === 1 ? "1 key result" : `${keyResults.length} key results`}
          </button>
        )}
        {mayCheckIn && (
          <Button onClick={() => setCheckingIn({})} aria-label={`Check in: ${goal.title}`}>
            Check in
          </Button>
        )}
      </div>
      {isOpen && (
        <ul id={listId} className={styles.keyResults}>
          {keyResults.map((keyResult) => (
            <KeyResultRow
              key={keyResult.keyResult.id}
              boardId={boardId}
              goal={goal}
              figures={keyResult}
              onCheckIn={() => setCheckingIn({ keyResultId: keyResult.keyResult.id })}
            />
          ))}
        </ul>
      )}
      {checkingIn && <CheckInSheet boardId={boardId} goal={goal} {...checkingIn} onClose={() => setCheckingIn(null)} />}
    </li>
  );
}
