import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import { ArrowDownToLine, ArrowUpToLine, CalendarDays, CircleCheck, CornerDownRight, Ellipsis, RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";

import type { Id, Task } from "../../../protocol/records";
import { useTaskActions } from "../../../ui/tasks/taskActions";
import styles from "./TaskMenu.module.css";
import { useMoveWithinList } from "./useMoveWithinList";

/** What can be done to a task without opening it: all that dragging does, and more. */
export function TaskMenu({ boardId, task }: { boardId: Id; task: Task }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const actions = useTaskActions();
  const moveWithin = useMoveWithinList(boardId, task);
  const done = task.completed_at !== null;

  const item = (icon: typeof CircleCheck, words: string, act: (button: HTMLElement) => void) => {
    const Icon = icon;
    return (
      <MenuItem
        key={words}
        onClick={() => {
          const button = anchor;
          setAnchor(null);
          if (button !== null) act(button);
        }}
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden />
        {words}
      </MenuItem>
    );
  };

  return (
    <>
      {/* A board draws hundreds of these: a plain button, and no menu before it is asked for. */}
      <button
        type="button"
        className={styles.open}
        aria-label={`Actions for ${task.title}`}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
      </button>
      {anchor !== null && (
        <Menu open anchorEl={anchor} onClose={() => setAnchor(null)}>
          {item(CornerDownRight, "Move to list…", (button) => actions.chooseList(boardId, task, button))}
          {item(ArrowUpToLine, "Move to top", () => moveWithin("top"))}
          {item(ArrowDownToLine, "Move to bottom", () => moveWithin("bottom"))}
          {item(CalendarDays, "Choose day…", (button) => actions.chooseDate(boardId, task, button))}
          {item(done ? RotateCcw : CircleCheck, done ? "Reopen" : "Complete", () => actions.toggle(boardId, task))}
          {item(Trash2, "Delete", () => actions.remove(boardId, task))}
        </Menu>
      )}
    </>
  );
}
