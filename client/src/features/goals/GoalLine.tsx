import type { Goal } from "../../protocol/records";
import { useToday } from "../../ui/days/calendarContext";
import styles from "./GoalLine.module.css";
import { HealthMark } from "./HealthMark";
import { measureWords, paceWords, percentWords, stateWords } from "./goalWords";
import type { GoalSeries } from "./useGoalSeries";

/** How far, how fast, how it stands: read in a second. "12 of 20 kg · 3 days ahead · On track". */
export function GoalLine({ goal, figures }: { goal: Goal; figures: GoalSeries }) {
  const today = useToday();
  const { progress, keyResults } = figures;
  const [only] = keyResults;
  const measure =
    progress === null || only === undefined
      ? "No key results yet"
      : keyResults.length === 1
        ? measureWords(only.keyResult, only.current)
        : `${percentWords(progress)} done`;
  const isOpen = goal.state === "open";
  const pace = isOpen ? paceWords(goal, progress, today) : stateWords[goal.state];
  return (
    <span className={styles.line}>
      <span className={styles.measure}>{measure}</span>
      {pace !== "" && <span className={pace.endsWith("behind") ? styles.behind : styles.pace}>{pace}</span>}
      {isOpen && goal.health !== null && <HealthMark health={goal.health} />}
    </span>
  );
}
