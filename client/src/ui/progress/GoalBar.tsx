import { ProgressBar } from "./ProgressBar";
import type { Tone } from "./ProgressRing";
import styles from "./progress.module.css";

interface GoalBarProps {
  /** From 0 to 1. */
  value: number;
  /** Where it should be by now, from 0 to 1; null if there is no period. */
  expected: number | null;
  /** How far, in its own unit: "12 of 20 kg". */
  measure: string;
  /** How that compares with the plan: "3 days ahead"; empty if nothing can be said. */
  pace: string;
  tone: Tone;
}

/** Progress, pace and health of a goal in one line that reads in a second. */
export function GoalBar({ value, expected, measure, pace, tone }: GoalBarProps) {
  return (
    <div className={styles.goal}>
      <ProgressBar value={value} expected={expected} tone={tone} label={measure} />
      <div className={styles.goalLine}>
        <span className={styles.goalMeasure}>{measure}</span>
        {pace !== "" && <span className={styles.goalPace}>{pace}</span>}
      </div>
    </div>
  );
}
