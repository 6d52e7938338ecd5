import { useRef, type KeyboardEvent } from "react";

import type { Id } from "../../../protocol/records";
import { useLists } from "../../../sync/hooks";
import { isTyping } from "../../../ui/keys/rowKeys";
import { usePhone } from "../../../ui/layout/usePhone";
import { AddList } from "../AddList";
import { ListLine } from "../drag/DropLine";
import { useDragActions } from "../drag/dragContext";
import { scrollsAtEnds } from "../drag/edgeScroll";
import type { PersonFilter } from "../shownTasks";
import { ListColumn } from "./ListColumn";
import styles from "./ListColumns.module.css";
import { ListTabs } from "./ListTabs";
import { focusAcross } from "./focusAcross";
import { useNearLists } from "./useNearLists";

/** The board as lists side by side; on a phone one list at a time, sideways to the next. */
export function ListColumns({ boardId, filter }: { boardId: Id; filter: PersonFilter }) {
  const lists = useLists(boardId);
  const { mayMove } = useDragActions();
  const isPhone = usePhone();
  const scroller = useRef<HTMLDivElement>(null);
  const isNear = useNearLists(scroller, lists, isPhone);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step !== 0 && focusAcross(event.target as HTMLElement, step)) event.preventDefault();
  };

  return (
    <>
      {isPhone && lists.length > 0 && <ListTabs boardId={boardId} lists={lists} filter={filter} scroller={scroller} hasAdd={mayMove} />}
      {/* eslint-disable-next-line jsx-a11y-x/no-noninteractive-element-interactions -- arrows that bubble from the cards */}
      <div className={styles.columns} ref={scroller} data-snap role="group" aria-label="Lists" onKeyDown={onKeyDown} {...scrollsAtEnds("x")}>
        {lists.map((list, index) => (
          <ListColumn key={list.id} boardId={boardId} list={list} filter={filter} isNear={isNear(index)} />
        ))}
        {mayMove && (
          <div className={styles.add}>
            <ListLine before={null} />
            <AddList boardId={boardId} />
          </div>
        )}
      </div>
    </>
  );
}
