import { useMemo, useState, type ReactNode } from "react";
import { useStore } from "react-redux";

import type { Day, Id, Task } from "../../protocol/records";
import { useLists, useSendCommand } from "../../sync/hooks";
import { positionAtEnd } from "../../sync/positions";
import { selectTasksOfList } from "../../sync/selectors";
import type { RootState } from "../../sync/state";
import { useToday } from "../../ui/days/calendarContext";
import { dayWords } from "../../ui/days/dayWords";
import { showToast } from "../../ui/feedback/toasts";
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
  const [choosing, setChoosing] = useState<Choosing | null>(null);

  const actions = useMemo((): TaskActions => {
    const undo = (type: "task.reopen" | "task.restore", board_id: Id, task_id: Id) => ({
      label: "Undo",
      run: () => void send({ type, board_id, task_id }),
    });
    return {
      toggle(board_id, task) {
        const isDone = task.completed_at !== null;
        void send({ type: isDone ? "task.reopen" : "task.complete", board_id, task_id: task.id });
        if (!isDone) showToast(`Completed “${task.title}”`, undo("task.reopen", board_id, task.id));
      },
      remove(board_id, task) {
        void send({ type: "task.delete", board_id, task_id: task.id });
        showToast(`Deleted “${task.title}”`, undo("task.restore", board_id, task.id));
      },
      chooseDate: (board_id, task, anchor) => setChoosing({ what: "date", board_id, task, anchor }),
      chooseList: (board_id, task, anchor) => setChoosing({ what: "list", board_id, task, anchor }),
      add: onAdd,
    };
  }, [onAdd, send]);

  return (
    <TaskActionsContext value={actions}>
      {children}
      {choosing?.what === "date" && <DateChoice {...choosing} onClose={() => setChoosing(null)} />}
      {choosing?.what === "list" && <ListChoice {...choosing} onClose={() => setChoosing(null)} />}
    </TaskActionsContext>
  );
}

function DateChoice({ board_id, task, anchor, onClose }: Choosing & { onClose: () => void }) {
  const send = useSendCommand();
  const today = useToday();
  const plan = (scheduled_on: Day | null) => void send({ type: "task.edit", board_id, task_id: task.id, scheduled_on });
  const onPick = (day: Day | null) => {
    plan(day);
    const before = task.scheduled_on;
    showToast(day === null ? "Taken off the calendar" : `Planned for ${dayWords(day, today)}`, {
      label: "Undo",
      run: () => plan(before),
    });
  };
  return <DatePicker label="Scheduled" value={task.scheduled_on} anchor={anchor} onPick={onPick} onClose={onClose} />;
}

function ListChoice({ board_id, task, anchor, onClose }: Choosing & { onClose: () => void }) {
  const send = useSendCommand();
  const store = useStore<RootState>();
  const lists = useLists(board_id);
  const onPick = (list_id: Id) => {
    if (list_id === task.list_id) return;
    const position = positionAtEnd(selectTasksOfList(store.getState(), board_id, list_id));
    void send({ type: "task.move", board_id, task_id: task.id, list_id, position });
    const title = lists.find(({ id }) => id === list_id)?.title ?? "";
    showToast(`Moved to ${title}`, {
      label: "Undo",
      run: () =>
        void send({ type: "task.move", board_id, task_id: task.id, list_id: task.list_id, position: task.position }),
    });
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
