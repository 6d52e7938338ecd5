import { ProgressRing } from "../../ui/progress/ProgressRing";
import styles from "./TodayScreen.module.css";

/** How far the day is, seen at a glance. */
export function DayRing({ done, all }: { done: number; all: number }) {
  return (
    <span className={styles.ring}>
      <span className={styles.ringWords}>
        {done} of {all} done
      </span>
      <ProgressRing value={done / all} label={`${done} of ${all} done today`} size={36} stroke={5} />
    </span>
  );
}
