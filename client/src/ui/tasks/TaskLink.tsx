import type { KeyboardEvent, ReactNode } from "react";
import { Link } from "react-router";

import { useShowTask, useTaskLink, type TaskAddress } from "../layout/useTaskLink";

/** A key pressed on a task's link; `edit` opens the task with its title ready to be written. */
export type OnTaskKey = (event: KeyboardEvent<HTMLElement>, edit: () => void) => void;

interface TaskLinkProps {
  task: TaskAddress;
  className: string | undefined;
  onKey?: OnTaskKey | undefined;
  children: ReactNode;
}

/** The part of a row or card that opens its task. It follows the address, so that what is around it need not. */
export function TaskLink({ task, className, onKey, children }: TaskLinkProps) {
  const link = useTaskLink();
  const show = useShowTask();
  return (
    <Link
      {...link(task)}
      className={className}
      data-row-focus
      preventScrollReset
      draggable={false}
      onKeyDown={(event) => onKey?.(event, () => show(task, { edits_title: true }))}
    >
      {children}
    </Link>
  );
}
