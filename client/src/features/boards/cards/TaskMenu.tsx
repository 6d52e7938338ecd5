import { ArrowDownToLine, ArrowUpToLine, CalendarDays, CircleCheck, CornerDownRight, RotateCcw, Trash2 } from "lucide-react";

import type { Id, Task } from "../../../protocol/records";
import { ActionMenu } from "../../../ui/actions/ActionMenu";
import { useTaskActions } from "../../../ui/tasks/taskActions";
import { useMoveWithinList } from "./useMoveWithinList";

/** What can be done to a task without opening it: all that dragging does, and more. */
export function TaskMenu({ boardId, task }: { boardId: Id; task: Task }) {
  const actions = useTaskActions();
  const moveWithin = useMoveWithinList(boardId, task);
  const done = task.completed_at !== null;
  return (
    <ActionMenu
      label={`Actions for ${task.title}`}
      actions={[
        { icon: CornerDownRight, words: "Move to list…", act: (opener) => actions.chooseList(boardId, task, opener) },
        { icon: ArrowUpToLine, words: "Move to top", act: () => moveWithin("top") },
        { icon: ArrowDownToLine, words: "Move to bottom", act: () => moveWithin("bottom") },
        { icon: CalendarDays, words: "Choose day…", act: (opener) => actions.chooseDate(boardId, task, opener) },
        { icon: done ? RotateCcw : CircleCheck, words: done ? "Reopen" : "Complete", act: () => actions.toggle(boardId, task) },
        { icon: Trash2, words: "Delete", act: () => actions.remove(boardId, task) },
      ]}
    />
  );
}
