import { CalendarDays, Flag, ListTodo, SignalHigh, UserRound, type LucideIcon } from "lucide-react";
import { useState, type ReactNode } from "react";

import type { Id, Task } from "../../../protocol/records";
import { useList, useMembers, useSendCommand } from "../../../sync/hooks";
import { useToday } from "../../../ui/days/calendarContext";
import { dayWords, fullDay } from "../../../ui/days/dayWords";
import { DatePicker } from "../../../ui/inputs/DatePicker";
import { OptionPicker } from "../../../ui/inputs/OptionPicker";
import { PersonPicker } from "../../../ui/inputs/PersonPicker";
import { Avatar } from "../../../ui/people/Avatar";
import { PriorityMark } from "../../../ui/tasks/PriorityMark";
import { PRIORITIES, priorityWord, toPriority } from "../../../ui/tasks/priority";
import { useTaskActions } from "../../../ui/tasks/taskActions";
import styles from "./TaskPanel.module.css";

interface PropertyProps {
  icon: LucideIcon;
  name: string;
  /** Absent where the person may not change it. */
  onOpen?: ((anchor: HTMLElement) => void) | undefined;
  /** What is set; null: nothing. */
  children: ReactNode;
}

function Property({ icon: Icon, name, onOpen, children }: PropertyProps) {
  const value = children ?? <span className={styles.unset}>None</span>;
  return (
    <div className={styles.property}>
      <dt>
        <Icon size={16} strokeWidth={1.75} aria-hidden />
        {name}
      </dt>
      <dd>
        {onOpen ? (
          <button type="button" className={styles.value} aria-haspopup="dialog" onClick={(event) => onOpen(event.currentTarget)}>
            <span className="visually-hidden">{name}: </span>
            {value}
          </button>
        ) : (
          <span className={styles.value}>{value}</span>
        )}
      </dd>
    </div>
  );
}

type Opened = { what: "scheduled_on" | "due_on" | "priority" | "people"; anchor: HTMLElement } | null;

/** When, how urgent, by whom and where: each is changed where it stands. */
export function TaskProperties({ board_id, task, mayEdit }: { board_id: Id; task: Task; mayEdit: boolean }) {
  const send = useSendCommand();
  const list = useList(board_id, task.list_id);
  const members = useMembers(board_id);
  const actions = useTaskActions();
  const today = useToday();
  const [opened, setOpened] = useState<Opened>(null);
  const close = () => setOpened(null);
  const anchorOf = (what: NonNullable<Opened>["what"]) => (opened?.what === what ? opened.anchor : null);
  const opener = (what: NonNullable<Opened>["what"]) =>
    mayEdit ? (anchor: HTMLElement) => setOpened({ what, anchor }) : undefined;
  const edit = (fields: Partial<Pick<Task, "scheduled_on" | "due_on" | "priority">>) =>
    void send({ type: "task.edit", board_id, task_id: task.id, ...fields });
  const assignees = members.filter(({ id }) => task.assignee_ids.includes(id));
  const isLate = task.due_on !== null && task.due_on < today && task.completed_at === null;

  return (
    <dl className={styles.properties}>
      <Property icon={CalendarDays} name="Scheduled" onOpen={opener("scheduled_on")}>
        {task.scheduled_on === null ? null : (
          <time title={fullDay(task.scheduled_on)}>{dayWords(task.scheduled_on, today)}</time>
        )}
      </Property>
      <Property icon={Flag} name="Due" onOpen={opener("due_on")}>
        {task.due_on === null ? null : (
          <time title={fullDay(task.due_on)} className={isLate ? styles.late : ""}>
            {dayWords(task.due_on, today)}
            {isLate && ", overdue"}
          </time>
        )}
      </Property>
      <Property icon={SignalHigh} name="Priority" onOpen={opener("priority")}>
        {task.priority === 0 ? null : <PriorityMark priority={toPriority(task.priority)} />}
      </Property>
      <Property icon={UserRound} name="People" onOpen={opener("people")}>
        {assignees.length === 0 ? null : (
          <span className={styles.people}>
            {assignees.map((person) => (
              <span key={person.id} className={styles.person}>
                <Avatar person={person} size={20} decorative /> {person.name}
              </span>
            ))}
          </span>
        )}
      </Property>
      <Property
        icon={ListTodo}
        name="List"
        onOpen={mayEdit ? (anchor) => actions.chooseList(board_id, task, anchor) : undefined}
      >
        {list?.title}
      </Property>

      <DatePicker
        label="Scheduled"
        value={task.scheduled_on}
        anchor={anchorOf("scheduled_on")}
        onPick={(scheduled_on) => edit({ scheduled_on })}
        onClose={close}
      />
      <DatePicker
        label="Due"
        value={task.due_on}
        anchor={anchorOf("due_on")}
        onPick={(due_on) => edit({ due_on })}
        onClose={close}
      />
      <OptionPicker
        label="Priority"
        options={PRIORITIES.map((priority) => ({
          value: priority,
          words: priorityWord(priority),
          sign: <PriorityMark priority={priority} />,
        }))}
        value={toPriority(task.priority)}
        anchor={anchorOf("priority")}
        onPick={(priority) => edit({ priority })}
        onClose={close}
      />
      <PersonPicker
        label="People"
        people={members}
        chosen_ids={task.assignee_ids}
        anchor={anchorOf("people")}
        onToggle={({ id }, isChosen) =>
          void send({ type: isChosen ? "task.assign" : "task.unassign", board_id, task_id: task.id, account_id: id })
        }
        onClose={close}
      />
    </dl>
  );
}
