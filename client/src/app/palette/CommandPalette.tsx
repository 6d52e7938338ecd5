import { Circle, CircleCheck, CircleDot, CornerDownRight, Search, SquareKanban, Zap, type LucideIcon } from "lucide-react";
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";

import { Kbd } from "../../ui/keys/Kbd";
import { TopDialog } from "../../ui/layout/TopDialog";
import styles from "./CommandPalette.module.css";
import { searchItems, type PaletteItem } from "./searchItems";
import { usePaletteItems, type RunnableItem } from "./usePaletteItems";

const ICONS: Record<PaletteItem["group"], LucideIcon> = {
  Actions: Zap,
  Places: CornerDownRight,
  Boards: SquareKanban,
  Goals: CircleDot,
  Tasks: Circle,
};

interface CommandPaletteProps {
  onClose: () => void;
  newBoard: () => void;
  showKeys: () => void;
}

/** Finds and does everything: type, walk with the arrows, press Enter. */
export default function CommandPalette({ onClose, newBoard, showKeys }: CommandPaletteProps) {
  const items = usePaletteItems({ newBoard, showKeys });
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const listId = useId();
  const list = useRef<HTMLUListElement>(null);
  const found = searchItems(items, query);
  const optionId = (index: number) => `${listId}-${index}`;

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [at]);

  const run = (item: RunnableItem | undefined) => {
    if (!item) return;
    onClose();
    item.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && found.length > 0) {
      event.preventDefault();
      setAt((at + step + found.length) % found.length);
    }
    if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(found[at]);
    }
  };

  return (
    <TopDialog title="Find and do" onClose={onClose}>
      <div className={styles.search}>
        <Search size={18} strokeWidth={1.75} aria-hidden />
        <input
          ref={(input) => input?.focus()}
          role="combobox"
          aria-label="Find a task, goal, board or action"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={found.length > 0 ? optionId(at) : undefined}
          aria-autocomplete="list"
          placeholder="Find a task, goal, board or action"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <Kbd>Esc</Kbd>
      </div>
      <ul className={styles.list} id={listId} ref={list} role="listbox" aria-label="Found">
        {found.map((item, index) => {
          const Icon = item.isDone ? CircleCheck : ICONS[item.group];
          return (
            // eslint-disable-next-line jsx-a11y-x/click-events-have-key-events -- the combobox has the focus and handles keys
            <li
              key={item.id}
              id={optionId(index)}
              role="option"
              aria-selected={index === at}
              className={`${styles.option} ${item.isDone ? styles.done : ""}`}
              onPointerMove={() => setAt(index)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => run(item)}
            >
              <Icon size={16} strokeWidth={1.75} aria-hidden />
              <span className={styles.words} dir="auto">
                {item.words}
              </span>
              <span className={styles.hint}>{item.hint}</span>
            </li>
          );
        })}
      </ul>
      {found.length === 0 && <p className={styles.nothing}>Nothing here answers to “{query.trim()}”.</p>}
    </TopDialog>
  );
}
