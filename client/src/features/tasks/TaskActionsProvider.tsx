import { useMemo, useState, type ReactNode } from "react";
import { useStore } from "react-redux";

import type { Command } from "../../protocol/commands";
import type { Day, Id, Task } from "../../protocol/records";
import { useLists, useSendCommand } from "../../sync/hooks";
import { positionAtEnd } from "../../sync/positions";
import { selectTasksOfList } from "../../sync/selectors";
import type { RootState } from "../../sync/state";
import { useToday } from "../../ui/days/calendarContext";
import { dayWords } from "../../ui/days/dayWords";
import { useSendWithUndo } from "../../ui/feedback/useSendWithUndo";
import { DatePicker } from "../../ui/inputs/DatePicker";
import { OptionPicker } from "../../ui/inputs/OptionPicker";
import { TaskActionsContext, type TaskActions, type TaskPlace } from "../../ui/tasks/taskActions";

interface Choosing {
  what: "date" | "list";
  board_id: Id;
  task: Task;
  anchor: HTMLElement;
}

interface TaskActionsProviderProps {
  onAdd: (place?: TaskPlace) => void;
  children: ReactNode;
}

/** Does to tasks what rows anywhere ask for: at once, with a way back. */
export function TaskActionsProvider({ onAdd, children }: TaskActionsProviderProps) {
  const send = useSendCommand();
  const sendWithUndo = useSendWithUndo();
  const [choosing, setChoosing] = useState<Choosing | null>(null);

  const actions = useMemo((): TaskActions => {
    return {
      toggle(board_id, { id: task_id, title, completed_at }) {
        const reopen: Command = { type: "task.reopen", board_id, task_id };
        if (completed_at !== null) void send(reopen);
        else sendWithUndo({ type: "task.complete", board_id, task_id }, `Completed “${title}”`, reopen);
      },
      remove(board_id, { id: task_id, title }) {
        sendWithUndo({ type: "task.delete", board_id, task_id }, `Deleted “${title}”`, { type: "task.restore", board_id, task_id });
      },
      chooseDate: (board_id, task, anchor) => setChoosing({ what: "date", board_id, task, anchor }),
      chooseList: (board_id, task, anchor) => setChoosing({ what: "list", board_id, task, anchor }),
      add: onAdd,
    };
  }, [onAdd, send, sendWithUndo]);

  return (
    <TaskActionsContext value={actions}>
      {children}
      {choosing?.what === "date" && <DateChoice {...choosing} onClose={() => setChoosing(null)} />}
      {choosing?.what === "list" && <ListChoice {...choosing} onClose={() => setChoosing(null)} />}
    </TaskActionsContext>
  );
}

function DateChoice({ board_id, task, anchor, onClose }: Choosing & { onClose: () => void }) {
  const sendWithUndo = useSendWithUndo();
  const today = useToday();
  const plan = (scheduled_on: Day | null): Command => ({ type: "task.edit", board_id, task_id: task.id, scheduled_on });
  const onPick = (day: Day | null) => {
    const words = day === null ? "Taken off the calendar" : `Planned for ${dayWords(day, today)}`;
    sendWithUndo(plan(day), words, plan(task.scheduled_on));
  };
  return <DatePicker label="Scheduled" value={task.scheduled_on} anchor={anchor} onPick={onPick} onClose={onClose} />;
}

function ListChoice({ board_id, task, anchor, onClose }: Choosing & { onClose: () => void }) {
  const sendWithUndo = useSendWithUndo();
  const store = useStore<RootState>();
  const lists = useLists(board_id);
  const onPick = (list_id: Id) => {
    if (list_id === task.list_id) return;
    const position = positionAtEnd(selectTasksOfList(store.getState(), board_id, list_id));
    const title = lists.find(({ id }) => id === list_id)?.title ?? "";
    const move = { type: "task.move", board_id, task_id: task.id } as const;
    sendWithUndo({ ...move, list_id, position }, `Moved to ${title}`, { ...move, list_id: task.list_id, position: task.position });
  };
  return (
    <OptionPicker
      label="Move to list"
      options={lists.map(({ id, title }) => ({ value: id, words: title }))}
      value={task.list_id}
      anchor={anchor}
      onPick={onPick}
      onClose={onClose}
    />
  );
}
