import { AlignLeft, CircleDot, MessageSquare } from "lucide-react";

import type { Day } from "../../protocol/records";
import type { TaskAddress } from "../layout/useTaskLink";
import type { Person } from "../people/Avatar";
import { AvatarStack } from "../people/AvatarStack";
import { personStyle, type PersonColor } from "../people/personColor";
import { DayMark } from "./DayMark";
import { PriorityMark } from "./PriorityMark";
import { TaskCheck } from "./TaskCheck";
import { TaskLink, type OnTaskKey } from "./TaskLink";
import styles from "./TaskRow.module.css";
import type { Priority } from "./priority";

export interface TaskRowProps {
  /** The task's id: rows are found by it when focus moves. */
  id: string;
  title: string;
  done: boolean;
  priority: Priority;
  scheduled_on?: Day | null;
  due_on?: Day | null;
  /** The day that a heading above says: not repeated, but being due on it is told. */
  heading_day?: Day | null;
  /** Where it comes from, if rows of several boards stand together. */
  place?: string | null;
  has_notes?: boolean;
  comment_count?: number;
  /** The goal it counts for. */
  goal_title?: string | null;
  assignees?: readonly Person[];
  /** Where the task opens. */
  address: TaskAddress;
  /** Absent where the person may not tick. */
  onToggle?: (() => void) | undefined;
  onKey?: OnTaskKey | undefined;
  /** Colour of the other person who has just changed it: the row is washed in it for two seconds. */
  changed_by_color?: PersonColor | null;
  selected?: boolean;
}

/** A task on one line: check, title, and only what is set. The whole row opens the task. */
export function TaskRow(props: TaskRowProps) {
  const { id, title, done, priority, scheduled_on = null, due_on = null, heading_day = null } = props;
  const { place = null, assignees = [], has_notes = false, comment_count = 0, goal_title = null, changed_by_color = null, selected = false } = props;
  const className = [
    styles.row,
    done ? styles.done : "",
    selected ? styles.selected : "",
    changed_by_color === null ? "" : styles.changed,
  ].join(" ");
  return (
    <div
      className={className}
      style={changed_by_color === null ? undefined : personStyle(changed_by_color)}
      data-row={id}
    >
      <TaskCheck title={title} done={done} priority={priority} onToggle={props.onToggle} />
      <TaskLink task={props.address} className={styles.title} onKey={props.onKey}>
        <span dir="auto" className={styles.words}>
          {title}
        </span>
      </TaskLink>
      <span className={styles.meta}>
        <PriorityMark priority={priority} />
        {goal_title !== null && (
          <span className={styles.sign} role="img" aria-label={`Counts for ${goal_title}`} title={`Counts for ${goal_title}`}>
            <CircleDot size={13} strokeWidth={1.75} />
          </span>
        )}
        {has_notes && (
          <span className={styles.sign} role="img" aria-label="Has notes">
            <AlignLeft size={13} strokeWidth={1.75} />
          </span>
        )}
        {comment_count > 0 && (
          <span className={styles.sign} title={`${comment_count} comments`}>
            <MessageSquare size={13} strokeWidth={1.75} aria-hidden /> {comment_count}
          </span>
        )}
        {scheduled_on !== null && scheduled_on !== heading_day && (
          <DayMark day={scheduled_on} kind="scheduled" done={done} />
        )}
        {due_on !== null && <DayMark day={due_on} kind="due" done={done} terse={due_on === heading_day} />}
        {place !== null && (
          <span className={styles.place} dir="auto">
            {place}
          </span>
        )}
        {assignees.length > 0 && (
          <span className={styles.people}>
            <AvatarStack people={assignees} size={20} />
          </span>
        )}
      </span>
    </div>
  );
}
