import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, type ReactNode } from "react";

import type { Id, Task } from "../../../protocol/records";
import { AddList } from "../AddList";
import { AddTask } from "../AddTask";
import { EarlierFold } from "../EarlierFold";
import { ListHead } from "../ListHead";
import { BoardRow } from "../cards/BoardRow";
import { DropLine } from "../drag/DropLine";
import { useDragActions, useDragIn } from "../drag/dragContext";
import { scrollsAtEnds } from "../drag/edgeScroll";
import { dropList, dropTask } from "../drag/zones";
import type { PersonFilter } from "../shownTasks";
import { toggleFold } from "../unfolded";
import { useShownColumns, type ShownColumn } from "../useShownTasks";
import styles from "./ListRows.module.css";

/** What stands on one line of the view. */
type Line =
  | { kind: "head"; column: ShownColumn }
  | { kind: "task"; column: ShownColumn; task: Task }
  | { kind: "foot"; column: ShownColumn }
  | { kind: "add_list" };

const HEIGHTS: Record<Line["kind"], number> = { head: 48, task: 44, foot: 40, add_list: 44 };

function linesOf(columns: readonly ShownColumn[], mayMove: boolean): Line[] {
  const lines = columns.flatMap((column): Line[] => [
    { kind: "head", column },
    ...column.tasks.map((task): Line => ({ kind: "task", column, task })),
    { kind: "foot", column },
  ]);
  return mayMove ? [...lines, { kind: "add_list" }] : lines;
}

const keyOf = (line: Line): string => {
  switch (line.kind) {
    case "task":
      return line.task.id;
    case "add_list":
      return "add_list";
    case "head":
    case "foot":
      return `${line.kind} ${line.column.list.id}`;
  }
};

/** The board as one list: its lists one below the other. Only what is near the eye is drawn. */
export function ListRows({ boardId, filter }: { boardId: Id; filter: PersonFilter }) {
  const columns = useShownColumns(boardId, filter);
  const { mayMove } = useDragActions();
  const scroller = useRef<HTMLDivElement>(null);
  const lines = linesOf(columns, mayMove);
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are read in this render only, never handed on
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => HEIGHTS[lines[index]?.kind ?? "task"],
    getItemKey: (index) => {
      const line = lines[index];
      return line === undefined ? index : keyOf(line);
    },
    overscan: 8,
    // Something to draw before the first measure, and where there is no layout at all.
    initialRect: { width: 720, height: 900 },
  });
  return (
    <div className={styles.scroller} ref={scroller} {...scrollsAtEnds("y")}>
      <div className={styles.rows} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const line = lines[row.index];
          return line === undefined ? null : (
            <div
              key={row.key}
              ref={rows.measureElement}
              data-index={row.index}
              className={styles.line}
              style={{ top: row.start }}
              {...(line.kind === "add_list" ? {} : dropList(line.column.list.id))}
              {...(line.kind === "task" ? dropTask(line.task.id) : {})}
            >
              <LineContent boardId={boardId} line={line} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function LineContent({ boardId, line }: { boardId: Id; line: Line }): ReactNode {
  const dragIn = useDragIn();
  const { mayMove } = useDragActions();
  if (line.kind === "add_list") return <AddList boardId={boardId} />;
  const { list, count, earlier, isOpen, tasks } = line.column;
  const { lifted_id, line_before, reveals } = dragIn(list.id);
  switch (line.kind) {
    case "head":
      return (
        <div className={styles.head}>
          <ListHead boardId={boardId} list={list} count={count} titleId={`rows-${list.id}`} />
        </div>
      );
    case "task":
      return (
        <>
          {line_before === line.task.id && <DropLine reveals={reveals} />}
          <BoardRow boardId={boardId} task={line.task} lifted={lifted_id === line.task.id} />
        </>
      );
    case "foot":
      return (
        <div className={styles.foot}>
          {line_before === null && <DropLine reveals={reveals} />}
          {tasks.length === 0 && !mayMove && <p className={styles.empty}>Nothing here.</p>}
          {earlier > 0 && <EarlierFold count={earlier} isOpen={isOpen} onToggle={() => toggleFold(list.id)} />}
          {mayMove && <AddTask boardId={boardId} listId={list.id} listTitle={list.title} />}
        </div>
      );
  }
}
