import { startTransition, useEffect, useRef, useState, type KeyboardEvent } from "react";

import type { Id } from "../../../protocol/records";
import { useLists } from "../../../sync/hooks";
import { isTyping } from "../../../ui/keys/rowKeys";
import { usePhone } from "../../../ui/layout/usePhone";
import { AddList } from "../AddList";
import { DropLine } from "../drag/DropLine";
import { useDragActions, useListLine } from "../drag/dragContext";
import type { PersonFilter } from "../shownTasks";
import { ListColumn } from "./ListColumn";
import styles from "./ListColumns.module.css";
import { ListTabs } from "./ListTabs";
import { focusAcross } from "./focusAcross";

/** The narrowest that a list is beside others, in pixels. */
const LIST_PX = 280;
/** When what is on the screen has been drawn. */
const OTHERS_AFTER_MS = 100;

/** How many lists have their cards drawn: first those on the screen, then all. What nobody sees yet must not hold up the rest. */
function useDrawnLists(isPhone: boolean): number {
  const [isAll, setAll] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => startTransition(() => setAll(true)), OTHERS_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (isAll) return Infinity;
  return isPhone ? 1 : Math.ceil(window.innerWidth / LIST_PX);
}

/** The board as lists side by side; on a phone one list at a time, sideways to the next. */
export function ListColumns({ boardId, filter }: { boardId: Id; filter: PersonFilter }) {
  const lists = useLists(boardId);
  const { mayMove } = useDragActions();
  const isPhone = usePhone();
  const scroller = useRef<HTMLDivElement>(null);
  const hasEndLine = useListLine(null);
  const drawn = useDrawnLists(isPhone);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step !== 0 && focusAcross(event.target as HTMLElement, step)) event.preventDefault();
  };

  return (
    <>
      {isPhone && lists.length > 0 && <ListTabs boardId={boardId} lists={lists} filter={filter} scroller={scroller} hasAdd={mayMove} />}
      {/* eslint-disable-next-line jsx-a11y-x/no-noninteractive-element-interactions -- arrows that bubble from the cards */}
      <div className={styles.columns} ref={scroller} data-snap role="group" aria-label="Lists" onKeyDown={onKeyDown}>
        {lists.map((list, index) => (
          <ListColumn key={list.id} boardId={boardId} list={list} filter={filter} hasCards={index < drawn} />
        ))}
        {mayMove && (
          <div className={styles.add}>
            {hasEndLine && <DropLine between="lists" reveals />}
            <AddList boardId={boardId} />
          </div>
        )}
      </div>
    </>
  );
}
