import { CircleDot, Columns3, ListTodo, Trash, type LucideIcon } from "lucide-react";
import { useMemo } from "react";
import { useSelector } from "react-redux";
import { Link, useParams } from "react-router";

import type { Command } from "../../../protocol/commands";
import type { Id } from "../../../protocol/records";
import { useBoard, useBoardStatus, useMay, useSendCommand } from "../../../sync/hooks";
import { selectRecords } from "../../../sync/selectors";
import type { RootState } from "../../../sync/state";
import { useToday } from "../../../ui/days/calendarContext";
import { dayWords } from "../../../ui/days/dayWords";
import { EmptyState } from "../../../ui/feedback/EmptyState";
import { SkeletonRows } from "../../../ui/feedback/SkeletonRows";
import { Button } from "../../../ui/inputs/Button";
import { Page } from "../../../ui/layout/Page";
import { WindowedList } from "../../../ui/layout/WindowedList";
import { boardPaths } from "../../../ui/layout/boardPaths";
import { BoardSign } from "../../../ui/people/BoardSign";
import styles from "./TrashScreen.module.css";
import { trashed, type Trashed, type TrashKind } from "./trashed";

const ICONS: Record<TrashKind, LucideIcon> = { task: ListTodo, list: Columns3, goal: CircleDot };
const NAMES: Record<TrashKind, string> = { task: "Task", list: "List", goal: "Goal" };
const ROW_ESTIMATE_PX = 56;

/** What was deleted from a board, to be taken back. */
export default function TrashScreen() {
  const { boardId = "" } = useParams();
  const board = useBoard(boardId);
  const status = useBoardStatus(boardId);
  const records = useSelector((state: RootState) => selectRecords(state, boardId));
  const all = useMemo(() => trashed(records), [records]);
  return (
    <Page
      title="Trash"
      {...(board && {
        subtitle: (
          <Link to={boardPaths.board(boardId)} className={styles.board} dir="auto">
            <BoardSign board={board} size={16} />
            {board.title}
          </Link>
        ),
      })}
    >
      {status === "loading" && all.length === 0 ? (
        <SkeletonRows />
      ) : all.length === 0 ? (
        <EmptyState icon={Trash} title="The trash is empty">
          Tasks, lists and goals that are deleted here wait to be restored.
        </EmptyState>
      ) : (
        <WindowedList items={all} keyOf={({ id }) => id} estimate={ROW_ESTIMATE_PX}>
          {(item) => <TrashedRow boardId={boardId} item={item} />}
        </WindowedList>
      )}
    </Page>
  );
}

function restoreCommand(boardId: Id, { kind, id }: Trashed): Command {
  switch (kind) {
    case "task":
      return { type: "task.restore", board_id: boardId, task_id: id };
    case "list":
      return { type: "list.restore", board_id: boardId, list_id: id };
    case "goal":
      return { type: "goal.restore", board_id: boardId, goal_id: id };
  }
}

function TrashedRow({ boardId, item }: { boardId: Id; item: Trashed }) {
  const today = useToday();
  const mayRestore = useMay(boardId, "task.restore");
  const send = useSendCommand();
  const Icon = ICONS[item.kind];
  return (
    <div className={styles.row}>
      <Icon size={16} strokeWidth={1.75} className={styles.icon} aria-label={NAMES[item.kind]} role="img" />
      <div className={styles.words}>
        <div dir="auto">{item.title}</div>
        <div className={styles.detail}>
          {item.blocked ?? `Deleted ${dayWords(item.deleted_at.slice(0, 10), today).replace(/^[TY]/, (first) => first.toLowerCase())}`}
        </div>
      </div>
      {mayRestore && item.blocked === null && (
        <Button aria-label={`Restore ${item.title}`} onClick={() => void send(restoreCommand(boardId, item))}>
          Restore
        </Button>
      )}
    </div>
  );
}
