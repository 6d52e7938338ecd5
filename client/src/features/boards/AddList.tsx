import { Plus } from "lucide-react";
import { useState } from "react";
import { useStore } from "react-redux";

import type { Id } from "../../protocol/records";
import { useSendCommand } from "../../sync/hooks";
import { newId } from "../../sync/ids";
import { positionAtEnd } from "../../sync/positions";
import { selectLists } from "../../sync/selectors";
import type { RootState } from "../../sync/state";
import styles from "./AddTask.module.css";

const takeFocus = (field: HTMLElement | null) => field?.focus();

/** Adds lists at the end of the board: Enter keeps the field open for the next one. */
export function AddList({ boardId }: { boardId: Id }) {
  const store = useStore<RootState>();
  const send = useSendCommand();
  const [title, setTitle] = useState<string | null>(null);

  const add = () => {
    const words = (title ?? "").trim();
    if (words !== "") {
      const position = positionAtEnd(selectLists(store.getState(), boardId));
      void send({ type: "list.create", board_id: boardId, list_id: newId(), title: words, position });
    }
    setTitle("");
  };

  if (title === null) {
    return (
      <button type="button" className={styles.open} onClick={() => setTitle("")}>
        <Plus size={16} strokeWidth={1.75} aria-hidden />
        Add list
      </button>
    );
  }
  return (
    <div className={styles.field}>
      <input
        ref={takeFocus}
        className={styles.input}
        value={title}
        maxLength={500}
        aria-label="Title of the new list"
        placeholder="List title"
        dir="auto"
        onChange={(event) => setTitle(event.target.value)}
        onBlur={() => {
          add();
          setTitle(null);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Enter") add();
          if (event.key === "Escape") {
            event.stopPropagation();
            setTitle(null);
          }
        }}
      />
    </div>
  );
}
