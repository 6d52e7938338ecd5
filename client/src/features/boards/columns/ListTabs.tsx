import { Plus } from "lucide-react";
import { useEffect, useRef, useState, type RefObject } from "react";

import type { Id, List } from "../../../protocol/records";
import { TitleField } from "../../../ui/inputs/TitleField";
import { ListMenu } from "../ListHead";
import type { PersonFilter } from "../shownTasks";
import { useListCommands } from "../useListCommands";
import { useShownTasks } from "../useShownTasks";
import styles from "./ListTabs.module.css";

interface ListTabsProps {
  boardId: Id;
  lists: readonly List[];
  filter: PersonFilter;
  /** What scrolls sideways, one list to a screen. */
  scroller: RefObject<HTMLElement | null>;
  /** Whether a screen to add a list follows the last one. */
  hasAdd: boolean;
}

/** Which of the lists is on the screen, and a way to each of the others. */
export function ListTabs({ boardId, lists, filter, scroller, hasAdd }: ListTabsProps) {
  const [shown, setShown] = useState(0);
  const [isRenaming, setRenaming] = useState(false);
  const list = lists[shown];
  const bar = useRef<HTMLDivElement>(null);
  const centered = useRef(0);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const onScroll = () => setShown(Math.round(element.scrollLeft / element.clientWidth));
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => element.removeEventListener("scroll", onScroll);
  }, [scroller]);

  useEffect(() => {
    // The first tab is where it belongs; asking for its place would lay out a page that is not drawn yet.
    if (centered.current === shown) return;
    centered.current = shown;
    const tab = bar.current?.children[shown];
    if (tab instanceof HTMLElement && bar.current !== null) {
      bar.current.scrollTo({ left: tab.offsetLeft - (bar.current.clientWidth - tab.offsetWidth) / 2, behavior: "smooth" });
    }
  }, [shown]);

  const show = (index: number) => {
    const element = scroller.current;
    element?.scrollTo({ left: index * element.clientWidth, behavior: "smooth" });
  };

  return (
    <div className={styles.bar}>
      <div className={styles.tabs} ref={bar} role="group" aria-label="Lists, by name">
        {lists.map((each, index) => (
          <Tab
            key={each.id}
            boardId={boardId}
            list={each}
            filter={filter}
            isShown={index === shown}
            isRenaming={isRenaming && index === shown}
            onShow={() => show(index)}
            onRenamed={() => setRenaming(false)}
          />
        ))}
        {hasAdd && (
          <button type="button" className={styles.add} aria-label="Go to adding a list" onClick={() => show(lists.length)}>
            <Plus size={16} strokeWidth={1.75} aria-hidden />
          </button>
        )}
      </div>
      {hasAdd && list && <ListMenu boardId={boardId} list={list} onRename={() => setRenaming(true)} />}
    </div>
  );
}

interface TabProps {
  boardId: Id;
  list: List;
  filter: PersonFilter;
  isShown: boolean;
  isRenaming: boolean;
  onShow: () => void;
  onRenamed: () => void;
}

function Tab({ boardId, list, filter, isShown, isRenaming, onShow, onRenamed }: TabProps) {
  const { count } = useShownTasks(boardId, list.id, filter);
  const { rename } = useListCommands(boardId, list);
  if (isRenaming) {
    return (
      <TitleField
        title={list.title}
        label={`Title of the list ${list.title}`}
        className={styles.field}
        onSave={rename}
        onClose={onRenamed}
      />
    );
  }
  return (
    <button type="button" className={`${styles.tab} ${isShown ? styles.shown : ""}`} aria-current={isShown} onClick={onShow}>
      <span className={styles.words} dir="auto">
        {list.title}
      </span>
      <span className={styles.count}>{count}</span>
    </button>
  );
}
