import styles from "./TaskCheck.module.css";
import { priorityWord, type Priority } from "./priority";

interface TaskCheckProps {
  title: string;
  done: boolean;
  priority: Priority;
  /** Absent where the person may not tick: the check is then only a sign. */
  onToggle?: (() => void) | undefined;
}

/** The round check of a task; its ring is as thick as the priority is high. */
export function TaskCheck({ title, done, priority, onToggle }: TaskCheckProps) {
  const label = `${done ? "Done" : "Not done"}: ${title}${priority > 0 ? `, ${priorityWord(priority)}` : ""}`;
  const mark = (
    <svg viewBox="0 0 20 20" className={styles.mark} aria-hidden>
      <circle className={styles.ring} cx="10" cy="10" r="8" />
      <path className={styles.tick} d="M6.2 10.3l2.6 2.6 5-5.4" pathLength="1" />
    </svg>
  );
  const className = [styles.check, done ? styles.done : "", priority > 0 ? styles[`p${priority}`] : ""].join(" ");
  if (!onToggle) {
    return (
      <span className={className} role="img" aria-label={label}>
        {mark}
      </span>
    );
  }
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={done}
      aria-label={label}
      className={className}
      onClick={onToggle}
      data-check
    >
      {mark}
    </button>
  );
}
