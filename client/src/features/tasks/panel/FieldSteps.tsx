import type { Id, Task } from "../../../protocol/records";
import { useMay, useSendCommand } from "../../../sync/hooks";
import { commandToPut } from "../../../sync/lost-values/fieldEdits";
import type { Records } from "../../../sync/records";
import type { FieldValue } from "../../../sync/state";
import { fieldWord, valueWords, type Names } from "../../../ui/changes/fieldWords";
import styles from "./FieldSteps.module.css";
import type { FieldStep } from "./fieldHistory";

interface FieldStepsProps {
  board_id: Id;
  task: Task;
  steps: readonly FieldStep[];
  names: Names;
  readRecords: () => Records;
}

/** What a change made of each field, and a way back to what was there before. */
export function FieldSteps({ board_id, task, steps, names, readRecords }: FieldStepsProps) {
  const mayEdit = useMay(board_id, "task.edit");
  const send = useSendCommand();
  const restore = (field: string, value: FieldValue) => {
    const command = commandToPut(board_id, { type: "task", record_id: task.id, field }, value, readRecords());
    if (command !== null) void send(command);
  };
  if (steps.length === 0) return null;
  return (
    <div className={styles.steps}>
      {steps.map(({ field, before, after }) => (
        <div key={field} className={styles.step}>
          <span className={styles.values} dir="auto">
            <span className="visually-hidden">{fieldWord(field)}, before: </span>
            <del>{valueWords(field, before, names)}</del>
            <span aria-hidden> → </span>
            <span className="visually-hidden">, after: </span>
            <ins>{valueWords(field, after, names)}</ins>
          </span>
          {mayEdit && task[field as keyof Task] !== before && (
            <button
              type="button"
              className={styles.restore}
              aria-label={`Restore the ${fieldWord(field)} “${valueWords(field, before, names)}”`}
              onClick={() => restore(field, before)}
            >
              Restore
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
