import { CircleDot } from "lucide-react";
import { Link } from "react-router";

import type { Id } from "../../../protocol/records";
import { useGoal, useGoalFigures, useLinksOfTask } from "../../../sync/hooks";
import { Section } from "../../../ui/layout/Section";
import { boardPaths } from "../../../ui/layout/boardPaths";
import { ProgressRing } from "../../../ui/progress/ProgressRing";
import styles from "./TaskPanel.module.css";

/** The goals that the task counts for. */
export function GoalsPart({ board_id, task_id }: { board_id: Id; task_id: Id }) {
  const links = useLinksOfTask(board_id, task_id);
  const goalIds = [...new Set(links.map(({ goal_id }) => goal_id))];
  if (goalIds.length === 0) return null;
  return (
    <Section title="Counts for">
      <ul>
        {goalIds.map((goalId) => (
          <LinkedGoal key={goalId} board_id={board_id} goal_id={goalId} />
        ))}
      </ul>
    </Section>
  );
}

function LinkedGoal({ board_id, goal_id }: { board_id: Id; goal_id: Id }) {
  const goal = useGoal(board_id, goal_id);
  const { progress } = useGoalFigures(board_id, goal_id);
  if (goal?.deleted_at !== null) return null;
  return (
    <li>
      <Link to={boardPaths.goal(board_id, goal_id)} className={styles.goal}>
        {progress === null ? (
          <CircleDot size={20} strokeWidth={1.75} aria-hidden />
        ) : (
          <ProgressRing value={progress} size={20} stroke={3} label={`${Math.round(progress * 100)} % reached`} />
        )}
        <span dir="auto">{goal.title}</span>
      </Link>
    </li>
  );
}
