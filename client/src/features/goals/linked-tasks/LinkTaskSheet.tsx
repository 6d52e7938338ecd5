import { useMemo, useState } from "react";
import { useSelector } from "react-redux";

import type { Goal, Id } from "../../../protocol/records";
import { useKeyResults, useLinksOfGoal, useSendCommand } from "../../../sync/hooks";
import { newId } from "../../../sync/ids";
import { selectRecords } from "../../../sync/selectors";
import type { RootState } from "../../../sync/state";
import { Button } from "../../../ui/inputs/Button";
import { Choice } from "../../../ui/inputs/Choice";
import { Field } from "../../../ui/inputs/Field";
import { FormSheet } from "../../../ui/layout/FormSheet";
import styles from "./LinkTaskSheet.module.css";
import { linkableTasks } from "./linkableTasks";

const WHOLE = "whole";

/** Finds tasks of the board and links them, one press each. */
export function LinkTaskSheet({ boardId, goal, onClose }: { boardId: Id; goal: Goal; onClose: () => void }) {
  const send = useSendCommand();
  const links = useLinksOfGoal(boardId, goal.id);
  const counted = useKeyResults(boardId, goal.id).filter(({ source }) => source === "task_count");
  const tasks = useSelector((state: RootState) => selectRecords(state, boardId).task);
  const lists = useSelector((state: RootState) => selectRecords(state, boardId).list);
  const [words, setWords] = useState("");
  const [counts, setCounts] = useState(counted[0]?.id ?? WHOLE);
  const found = useMemo(() => linkableTasks(tasks, lists, links, words), [tasks, lists, links, words]);

  const link = (taskId: Id) =>
    void send({
      type: "link.create",
      board_id: boardId,
      link_id: newId(),
      goal_id: goal.id,
      task_id: taskId,
      key_result_id: counts === WHOLE ? null : counts,
    });
  return (
    <FormSheet
      title="Link tasks"
      lead={<span dir="auto">{goal.title}</span>}
      onSubmit={() => {
        const [first] = found;
        if (first !== undefined && words.trim() !== "") link(first.id);
        setWords("");
      }}
      onClose={onClose}
      actions={
        <Button variant="contained" color="accent" onClick={onClose}>
          Done
        </Button>
      }
    >
      {counted.length > 0 && (
        <Choice
          label="They count for"
          options={[...counted.map(({ id, title }) => ({ value: id, words: title })), { value: WHOLE, words: "No number" }]}
          value={counts}
          onChange={setCounts}
        />
      )}
      <Field label="Find a task" value={words} onChange={setWords} placeholder="Words of its title" focused />
      <ul className={styles.found} aria-label="Tasks found">
        {found.map((task) => (
          <li key={task.id}>
            <button type="button" className={styles.task} onClick={() => link(task.id)} dir="auto">
              <span className={task.completed_at === null ? "" : styles.done}>{task.title}</span>
              <span className={styles.list}>{lists[task.list_id]?.title}</span>
            </button>
          </li>
        ))}
        {found.length === 0 && <li className={styles.none}>No other task of the board has these words.</li>}
      </ul>
    </FormSheet>
  );
}
