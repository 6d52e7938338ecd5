import { useTap } from "../feedback/useTap";
import styles from "./TaskCheck.module.css";
import { priorityWord, type Priority } from "./priority";
import { useTick } from "./useTick";

interface TaskCheckProps {
  title: string;
  done: boolean;
  priority: Priority;
  /** Absent where the person may not tick: the check is then only a sign. */
  onToggle?: (() => void) | undefined;
}

/** The round check of a task; its ring is as thick as the priority is high. */
export function TaskCheck({ onToggle, ...look }: TaskCheckProps) {
  if (onToggle) return <TickableCheck {...look} onToggle={onToggle} />;
  return (
    <span className={classNameOf(look)} role="img" aria-label={labelOf(look)}>
      <Mark />
    </span>
  );
}

type Look = Omit<TaskCheckProps, "onToggle">;

function TickableCheck({ onToggle, ...task }: Look & { onToggle: () => void }) {
  const { shown, isAsked, press } = useTick(task.done, onToggle);
  const tap = useTap(press);
  const look = { ...task, done: shown };
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={shown}
      aria-label={labelOf(look)}
      className={`${classNameOf(look)} ${isAsked ? styles.asked : ""}`}
      {...tap}
      data-check
    >
      <Mark />
    </button>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 20 20" className={styles.mark} aria-hidden>
      <circle className={styles.ring} cx="10" cy="10" r="8" />
      <path className={styles.tick} d="M6.2 10.3l2.6 2.6 5-5.4" pathLength="1" />
    </svg>
  );
}

function classNameOf({ done, priority }: Look): string {
  return [styles.check, done ? styles.done : "", priority > 0 ? styles[`p${priority}`] : ""].join(" ");
}

function labelOf({ title, done, priority }: Look): string {
  return `${done ? "Done" : "Not done"}: ${title}${priority > 0 ? `, ${priorityWord(priority)}` : ""}`;
}
