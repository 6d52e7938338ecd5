import { Plus } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { useStore } from "react-redux";

import type { Id } from "../../protocol/records";
import { useMembers, useSendCommand } from "../../sync/hooks";
import { newId } from "../../sync/ids";
import { positionAtEnd } from "../../sync/positions";
import { selectTasksOfList } from "../../sync/selectors";
import type { RootState } from "../../sync/state";
import { useCalendar } from "../../ui/days/calendarContext";
import { QuickAddChips } from "../../ui/quick-add/QuickAddChips";
import { QuickAddField } from "../../ui/quick-add/QuickAddField";
import type { QuickAddContext } from "../../ui/quick-add/parseQuickAdd";
import { quickAddLines } from "../../ui/quick-add/quickAddLines";
import styles from "./AddTask.module.css";

interface AddTaskProps {
  boardId: Id;
  listId: Id;
  listTitle: string;
}

/** Adds tasks where they will stand: the button opens a field for them. */
export function AddTask(props: AddTaskProps) {
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  if (isOpen) {
    return (
      <AddTaskField
        {...props}
        onClose={(isLeft) => {
          setOpen(false);
          if (!isLeft) requestAnimationFrame(() => opener.current?.focus());
        }}
      />
    );
  }
  return (
    <button ref={opener} type="button" className={styles.open} onClick={() => setOpen(true)}>
      <Plus size={16} strokeWidth={1.75} aria-hidden />
      Add task
      <span className="visually-hidden"> to {props.listTitle}</span>
    </button>
  );
}

/** Lines of plain language, one task each: Enter keeps the field open for the next, Escape closes it. */
function AddTaskField({ boardId, listId, listTitle, onClose }: AddTaskProps & { onClose: (isLeft: boolean) => void }) {
  const store = useStore<RootState>();
  const send = useSendCommand();
  const calendar = useCalendar();
  const members = useMembers(boardId);
  const [text, setText] = useState("");
  const [plain, setPlain] = useState<ReadonlySet<string>>(new Set());
  const field = useRef<HTMLTextAreaElement>(null);
  // The place is said by where one types: `#` is a mere sign here.
  const context = useMemo(
    (): QuickAddContext => ({ ...calendar, boards: [], peopleOf: () => members, board_id: boardId }),
    [calendar, members, boardId],
  );
  const { asked, parts, problem } = quickAddLines(text, context, plain);
  const [only] = asked;

  const add = () => {
    if (problem !== null) return;
    for (const { title, scheduled_on, due_on, priority, assignee_ids } of asked) {
      const position = positionAtEnd(selectTasksOfList(store.getState(), boardId, listId));
      const place = { board_id: boardId, list_id: listId, task_id: newId(), position };
      void send({ type: "task.create", ...place, title, scheduled_on, due_on, priority, assignee_ids });
    }
    setText("");
    setPlain(new Set());
  };

  return (
    <div
      className={styles.field}
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget) || problem !== null) return;
        add();
        onClose(true);
      }}
    >
      <QuickAddField
        text={text}
        parts={parts}
        problem={problem}
        boards={context.boards}
        people={members}
        label={`New task in ${listTitle}`}
        placeholder="What is to be done?"
        field={field}
        onText={setText}
        onEnter={() => {
          add();
          field.current?.scrollIntoView({ block: "nearest" });
        }}
        onEscape={(event) => {
          event.stopPropagation();
          onClose(false);
        }}
      />
      {only && !text.includes("\n") && (
        <QuickAddChips
          asked={only}
          text={text}
          context={context}
          onPlain={(part) => setPlain(new Set([...plain, part]))}
        />
      )}
    </div>
  );
}
