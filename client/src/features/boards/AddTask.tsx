import { Plus } from "lucide-react";
import { useRef, useState } from "react";
import { useStore } from "react-redux";

import type { Id } from "../../protocol/records";
import { useSendCommand } from "../../sync/hooks";
import { newId } from "../../sync/ids";
import { positionAtEnd } from "../../sync/positions";
import { selectTasksOfList } from "../../sync/selectors";
import type { RootState } from "../../sync/state";
import styles from "./AddTask.module.css";

interface AddTaskProps {
  boardId: Id;
  listId: Id;
  listTitle: string;
}

const LONGEST_TITLE = 500;

/** The person has just asked to type here, also under a finger. */
const takeFocus = (field: HTMLElement | null) => field?.focus();

/** Adds tasks where they will stand: Enter keeps the field open for the next one, Escape closes it. */
export function AddTask({ boardId, listId, listTitle }: AddTaskProps) {
  const store = useStore<RootState>();
  const send = useSendCommand();
  const [title, setTitle] = useState<string | null>(null);
  const opener = useRef<HTMLButtonElement>(null);

  const add = () => {
    // Several pasted lines are several tasks.
    const titles = (title ?? "").split("\n").map((line) => line.trim());
    for (const words of titles) {
      if (words === "") continue;
      const position = positionAtEnd(selectTasksOfList(store.getState(), boardId, listId));
      void send({ type: "task.create", board_id: boardId, list_id: listId, task_id: newId(), title: words, position });
    }
    setTitle("");
  };

  if (title === null) {
    return (
      <button ref={opener} type="button" className={styles.open} onClick={() => setTitle("")}>
        <Plus size={16} strokeWidth={1.75} aria-hidden />
        Add task
        <span className="visually-hidden"> to {listTitle}</span>
      </button>
    );
  }
  return (
    <div className={styles.field}>
      <textarea
        ref={takeFocus}
        rows={1}
        className={styles.input}
        value={title}
        maxLength={LONGEST_TITLE}
        aria-label={`New task in ${listTitle}`}
        placeholder="What is to be done?"
        dir="auto"
        enterKeyHint="enter"
        onChange={(event) => setTitle(event.target.value)}
        onBlur={() => {
          if (title.trim() !== "") add();
          setTitle(null);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Enter") {
            event.preventDefault();
            add();
            event.currentTarget.scrollIntoView({ block: "nearest" });
          }
          if (event.key === "Escape") {
            event.stopPropagation();
            setTitle(null);
            requestAnimationFrame(() => opener.current?.focus());
          }
        }}
      />
    </div>
  );
}
