import { AlignLeft, CircleDot, MessageSquare } from "lucide-react";
import type { ReactNode } from "react";

import type { Task } from "../../../protocol/records";
import { AvatarStack } from "../../../ui/people/AvatarStack";
import { personStyle } from "../../../ui/people/personColor";
import { DayMark } from "../../../ui/tasks/DayMark";
import { PriorityMark } from "../../../ui/tasks/PriorityMark";
import { TaskCheck } from "../../../ui/tasks/TaskCheck";
import { TaskLink } from "../../../ui/tasks/TaskLink";
import styles from "./TaskCard.module.css";
import type { TaskFace } from "./useTaskFace";

interface TaskCardProps {
  task: Task;
  face: TaskFace;
  /** It is being moved: what stays here is its shadow. */
  lifted?: boolean;
  menu?: ReactNode;
}

/** A task between others of its list: check, title, and below them only what is set. The whole card opens it. */
export function TaskCard({ task, face, lifted = false, menu }: TaskCardProps) {
  const { done, priority, assignees, comment_count, goal_title, changed_by_color } = face;
  const className = [
    styles.card,
    done ? styles.done : "",
    lifted ? styles.lifted : "",
    changed_by_color === null ? "" : styles.changed,
  ].join(" ");
  // A goal's mark, a note's sign and faces alone need no line of their own.
  const needsLine = priority > 0 || comment_count > 0 || task.scheduled_on !== null || task.due_on !== null;
  return (
    <article
      className={className}
      style={changed_by_color === null ? undefined : personStyle(changed_by_color)}
      data-row={task.id}
    >
      <TaskCheck title={task.title} done={done} priority={priority} onToggle={face.onToggle} />
      <TaskLink task={face.address} className={styles.title} onKey={face.onKey}>
        <span dir="auto" className={styles.words}>
          {task.title}
        </span>
      </TaskLink>
      {menu !== undefined && <span className={styles.menu}>{menu}</span>}
      <div className={`${styles.meta} ${needsLine ? styles.line : ""}`}>
        <PriorityMark priority={priority} />
        {task.scheduled_on !== null && <DayMark day={task.scheduled_on} kind="scheduled" done={done} />}
        {task.due_on !== null && <DayMark day={task.due_on} kind="due" done={done} />}
        {goal_title !== null && (
          <span role="img" aria-label={`Counts for ${goal_title}`} title={`Counts for ${goal_title}`} className={styles.sign}>
            <CircleDot size={13} strokeWidth={1.75} aria-hidden />
          </span>
        )}
        {task.notes !== "" && (
          <span role="img" aria-label="Has notes" className={styles.sign}>
            <AlignLeft size={13} strokeWidth={1.75} aria-hidden />
          </span>
        )}
        {comment_count > 0 && (
          <span className={styles.sign} title={`${comment_count} comments`}>
            <MessageSquare size={13} strokeWidth={1.75} aria-hidden /> {comment_count}
            <span className="visually-hidden"> comments</span>
          </span>
        )}
        {assignees.length > 0 && (
          <span className={styles.people}>
            <AvatarStack people={assignees} size={20} />
          </span>
        )}
      </div>
    </article>
  );
}
