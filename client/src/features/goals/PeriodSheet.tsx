import { useState } from "react";

import type { Day, Goal, Id } from "../../protocol/records";
import { useSendCommand } from "../../sync/hooks";
import { changedFields } from "../../sync/lost-values/changedFields";
import { Button } from "../../ui/inputs/Button";
import { Field } from "../../ui/inputs/Field";
import { FormSheet } from "../../ui/layout/FormSheet";
import styles from "./PeriodSheet.module.css";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

const read = (text: string): Day | null => (DAY.test(text) ? text : null);

/** Until when a goal runs, and since when. */
export function PeriodSheet({ boardId, goal, onClose }: { boardId: Id; goal: Goal; onClose: () => void }) {
  const send = useSendCommand();
  const [opened] = useState({ starts_on: goal.starts_on, ends_on: goal.ends_on });
  const [starts, setStarts] = useState(opened.starts_on ?? "");
  const [ends, setEnds] = useState(opened.ends_on ?? "");
  const isReversed = read(starts) !== null && read(ends) !== null && ends < starts;

  const keep = (starts_on: Day | null, ends_on: Day | null) => {
    const changed = changedFields(opened, { starts_on, ends_on });
    if (Object.keys(changed).length > 0) {
      void send({ type: "goal.edit", board_id: boardId, goal_id: goal.id, ...changed }, opened);
    }
    onClose();
  };
  return (
    <FormSheet
      title="Period"
      lead="The pace is counted from the first to the last day."
      onSubmit={() => {
        if (!isReversed) keep(read(starts), read(ends));
      }}
      onClose={onClose}
      actions={
        <>
          <Button variant="text" onClick={() => keep(null, null)} className={styles.none}>
            No period
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="contained" color="accent">
            Save
          </Button>
        </>
      }
    >
      <div className={styles.days}>
        <Field label="First day" type="date" value={starts} onChange={setStarts} />
        <Field
          label="Last day"
          type="date"
          value={ends}
          onChange={setEnds}
          error={isReversed ? "Must not be before the first." : null}
        />
      </div>
    </FormSheet>
  );
}
