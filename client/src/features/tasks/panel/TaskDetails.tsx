import { useState } from "react";

import type { Id, Task } from "../../../protocol/records";
import { useSendCommand } from "../../../sync/hooks";
import type { TypedOver } from "../../../sync/sync";
import { Comments } from "../../../ui/comments/Comments";
import { EditableText, type TextConflict } from "../../../ui/inputs/EditableText";
import { useEditsTitle } from "../../../ui/layout/useTaskLink";
import { TaskCheck } from "../../../ui/tasks/TaskCheck";
import { toPriority } from "../../../ui/tasks/priority";
import { useTaskActions } from "../../../ui/tasks/taskActions";
import { ActivityPart } from "./ActivityPart";
import { ConflictNotice } from "./ConflictNotice";
import { GoalsPart } from "./GoalsPart";
import styles from "./TaskPanel.module.css";
import { TaskProperties } from "./TaskProperties";

interface TaskDetailsProps {
  board_id: Id;
  task: Task;
  mayEdit: boolean;
}

/** Every field of a task, edited where it stands; comments and history below. */
export function TaskDetails({ board_id, task, mayEdit }: TaskDetailsProps) {
  const send = useSendCommand();
  const actions = useTaskActions();
  const editsTitle = useEditsTitle();
  const [conflict, setConflict] = useState<(TextConflict & { field: "title" | "notes" }) | null>(null);
  const edit = (fields: { title?: string; notes?: string }, typedOver: TypedOver) =>
    void send({ type: "task.edit", board_id, task_id: task.id, ...fields }, typedOver);
  const tell = (field: "title" | "notes") => (found: TextConflict | null) => setConflict(found && { ...found, field });
  return (
    <div className={styles.body}>
      <div className={styles.head}>
        <TaskCheck
          title={task.title}
          done={task.completed_at !== null}
          priority={toPriority(task.priority)}
          onToggle={mayEdit ? () => actions.toggle(board_id, task) : undefined}
        />
        <EditableText
          key={editsTitle ? "edited" : "read"}
          required
          focused={editsTitle}
          size="title"
          label="Title"
          value={task.title}
          readOnly={!mayEdit}
          max_length={500}
          onSave={(title, typedOver) => edit({ title }, { title: typedOver })}
          onConflict={tell("title")}
        />
      </div>
      {conflict && (
        <ConflictNotice
          board_id={board_id}
          task_id={task.id}
          field={conflict.field}
          theirs={conflict.theirs}
          onKeep={conflict.keep}
          onTake={conflict.take}
        />
      )}
      <TaskProperties board_id={board_id} task={task} mayEdit={mayEdit} />
      {(mayEdit || task.notes !== "") && (
        <div className={styles.notes}>
          <EditableText
            multiline
            label="Notes"
            placeholder="Notes"
            value={task.notes}
            readOnly={!mayEdit}
            max_length={20_000}
            onSave={(notes, typedOver) => edit({ notes }, { notes: typedOver })}
            onConflict={tell("notes")}
          />
        </div>
      )}
      <GoalsPart board_id={board_id} task_id={task.id} />
      <Comments board_id={board_id} parent={{ task_id: task.id }} />
      <ActivityPart board_id={board_id} task={task} />
    </div>
  );
}
