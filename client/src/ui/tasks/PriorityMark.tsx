import styles from "./PriorityMark.module.css";
import { priorityWord, type Priority } from "./priority";

/** "P1" in the colour of its urgency; nothing for none. */
export function PriorityMark({ priority }: { priority: Priority }) {
  if (priority === 0) return null;
  return (
    <abbr className={`${styles.mark} ${styles[`p${priority}`]}`} title={priorityWord(priority)}>
      P{priority}
    </abbr>
  );
}
