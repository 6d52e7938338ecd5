import { useVirtualizer } from "@tanstack/react-virtual";
import { Fragment, startTransition, useEffect, useState, type ReactNode } from "react";

import type { Id, Task } from "../../../protocol/records";
import { BoardCard } from "../cards/BoardCard";
import { DropLine } from "../drag/DropLine";
import { useListDrag } from "../drag/dragContext";
import { dropTask } from "../drag/zones";
import styles from "./CardList.module.css";

interface CardListProps {
  boardId: Id;
  listId: Id;
  tasks: readonly Task[];
  /** What scrolls them; null until it is there. */
  scroller: HTMLElement | null;
  isNear: boolean;
}

const WORTH_WINDOWING = 30;
/** A title of two lines, or of one with a line of signs below it. */
const CARD_ESTIMATE_PX = 68;
/** What stands above and below a list on every screen, about. */
const FRAME_PX = 160;
/** So many cards beyond each end of what is seen are drawn, so that scrolling finds them. */
const OVERSCAN = 4;
/** When what is seen has been drawn. */
const OVERSCAN_AFTER_MS = 100;

/** The cards of a list. Of a long one only what is near the eye is drawn, and nothing before it has first come near. */
export function CardList(props: CardListProps) {
  const [wasNear, setWasNear] = useState(props.isNear);
  if (props.isNear && !wasNear) setWasNear(true);
  if (!wasNear) return null;
  return props.tasks.length < WORTH_WINDOWING ? <AllCards {...props} /> : <WindowedCards {...props} />;
}

/** How one card stands in its list: with the line before it if the lifted one would land there. */
function useCard(boardId: Id, listId: Id): (task: Task) => ReactNode {
  const { lifted_id, line_before, reveals } = useListDrag(listId);
  return (task) => (
    <Fragment>
      {line_before === task.id && <DropLine reveals={reveals} />}
      <BoardCard boardId={boardId} task={task} lifted={lifted_id === task.id} />
    </Fragment>
  );
}

function EndLine({ listId }: { listId: Id }) {
  const { line_before, reveals } = useListDrag(listId);
  return line_before === null ? (
    <li className={styles.end} aria-hidden>
      <DropLine reveals={reveals} />
    </li>
  ) : null;
}

function AllCards({ boardId, listId, tasks }: CardListProps) {
  const card = useCard(boardId, listId);
  return (
    <ul className={styles.cards}>
      {tasks.map((task) => (
        <li key={task.id} className={styles.card} {...dropTask(task.id)}>
          {card(task)}
        </li>
      ))}
      <EndLine listId={listId} />
    </ul>
  );
}

/** None at first: a screen that is being opened draws what it shows, and nothing else. */
function useOverscan(): number {
  const [overscan, setOverscan] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => startTransition(() => setOverscan(OVERSCAN)), OVERSCAN_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return overscan;
}

function WindowedCards({ boardId, listId, tasks, scroller, isNear }: CardListProps) {
  const card = useCard(boardId, listId);
  const overscan = useOverscan();
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are read in this render only, never handed on
  const rows = useVirtualizer({
    count: tasks.length,
    getScrollElement: () => scroller,
    estimateSize: () => CARD_ESTIMATE_PX,
    getItemKey: (index) => tasks[index]?.id ?? index,
    overscan,
    // The first cards are drawn with their list, and not after it has been measured.
    initialRect: { width: 0, height: window.innerHeight - FRAME_PX },
  });
  return (
    <ul className={styles.cards} style={{ height: rows.getTotalSize() }}>
      {/* Far away it keeps its height, and with it how far it was scrolled. */}
      {(isNear ? rows.getVirtualItems() : []).map((row) => {
        const task = tasks[row.index];
        return task === undefined ? null : (
          <li
            key={row.key}
            ref={rows.measureElement}
            data-index={row.index}
            className={`${styles.card} ${styles.placed}`}
            style={{ top: row.start }}
            aria-setsize={tasks.length}
            aria-posinset={row.index + 1}
            {...dropTask(task.id)}
          >
            {card(task)}
          </li>
        );
      })}
      <EndLine listId={listId} />
    </ul>
  );
}
