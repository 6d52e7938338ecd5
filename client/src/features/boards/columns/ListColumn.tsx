import { memo, useId, useState } from "react";

import type { Id, List } from "../../../protocol/records";
import { usePhone } from "../../../ui/layout/usePhone";
import { AddTask } from "../AddTask";
import { EarlierFold } from "../EarlierFold";
import { ListHead } from "../ListHead";
import { ListLine } from "../drag/DropLine";
import { useDragActions } from "../drag/dragContext";
import { scrollsAtEnds } from "../drag/edgeScroll";
import { dragHandle } from "../drag/handles";
import { dropList } from "../drag/zones";
import type { PersonFilter } from "../shownTasks";
import { useShownTasks } from "../useShownTasks";
import { CardList } from "./CardList";
import styles from "./ListColumn.module.css";

interface ListColumnProps {
  boardId: Id;
  list: List;
  filter: PersonFilter;
  /** Whether its cards are worth drawing. */
  isNear: boolean;
}

/** One list of the board: its head, its cards that scroll on their own, and the way to add one more. */
export const ListColumn = memo(function ListColumn({ boardId, list, filter, isNear }: ListColumnProps) {
  const { tasks, earlier, count, isOpen, toggle } = useShownTasks(boardId, list.id, filter);
  const { mayMove } = useDragActions();
  const isPhone = usePhone();
  // State, not a ref: the windowed cards inside are drawn before this element is there, and must hear of it.
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const titleId = useId();

  return (
    <section className={styles.column} aria-labelledby={titleId} data-column={list.id} {...dropList(list.id)}>
      <ListLine before={list.id} />
      {isPhone ? (
        // The tabs above show it, and hold its menu.
        <h2 id={titleId} className="visually-hidden">
          {list.title}
        </h2>
      ) : (
        <div className={styles.head} {...dragHandle({ kind: "list", id: list.id })}>
          <ListHead boardId={boardId} list={list} count={count} titleId={titleId} />
        </div>
      )}
      <div
        ref={setScroller}
        className={styles.scroller}
        tabIndex={-1}
        {...scrollsAtEnds("y")}
      >
        <CardList boardId={boardId} listId={list.id} tasks={tasks} scroller={scroller} isNear={isNear} />
        {tasks.length === 0 && !mayMove && <p className={styles.empty}>Nothing here.</p>}
        {earlier > 0 && <EarlierFold count={earlier} isOpen={isOpen} onToggle={toggle} />}
        {mayMove && <AddTask boardId={boardId} listId={list.id} listTitle={list.title} />}
      </div>
    </section>
  );
});
