import { useState } from "react";

import type { Goal, Id, KeyResult } from "../../../protocol/records";
import { useKeyResults, useSendCommand } from "../../../sync/hooks";
import { newId } from "../../../sync/ids";
import { changedFields } from "../../../sync/lost-values/changedFields";
import { positionAtEnd } from "../../../sync/positions";
import { Button } from "../../../ui/inputs/Button";
import { FormSheet } from "../../../ui/layout/FormSheet";
import { KeyResultFields } from "./KeyResultFields";
import { draftOf, meant, NEW_DRAFT, troubleOf } from "./keyResultDraft";

interface KeyResultSheetProps {
  boardId: Id;
  goal: Goal;
  /** Absent: a new one. */
  keyResult?: KeyResult;
  onClose: () => void;
}

/** Adds a key result to a goal, or changes one. */
export function KeyResultSheet({ boardId, goal, keyResult, onClose }: KeyResultSheetProps) {
  const send = useSendCommand();
  const others = useKeyResults(boardId, goal.id);
  const [opened] = useState(keyResult === undefined ? NEW_DRAFT : draftOf(keyResult));
  const [draft, setDraft] = useState(opened);
  const [isTried, setTried] = useState(false);
  const trouble = troubleOf(draft);

  const submit = () => {
    setTried(true);
    if (trouble !== null) return;
    const { source, ...fields } = meant(draft, goal.title);
    if (keyResult === undefined) {
      void send({
        type: "key_result.create",
        board_id: boardId,
        key_result_id: newId(),
        goal_id: goal.id,
        position: positionAtEnd(others),
        source,
        ...fields,
      });
    } else {
      const { source: _fixed, ...known } = meant(opened, goal.title);
      const changed = changedFields(known, fields);
      if (Object.keys(changed).length > 0) {
        void send({ type: "key_result.edit", board_id: boardId, key_result_id: keyResult.id, ...changed }, known);
      }
    }
    onClose();
  };
  return (
    <FormSheet
      title={keyResult === undefined ? "Add key result" : "Edit key result"}
      lead={<span dir="auto">{goal.title}</span>}
      onSubmit={submit}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="contained" color="accent">
            {keyResult === undefined ? "Add" : "Save"}
          </Button>
        </>
      }
    >
      <KeyResultFields
        draft={draft}
        onChange={setDraft}
        trouble={isTried ? trouble : null}
        isNew={keyResult === undefined}
        titlePlaceholder={goal.title}
      />
    </FormSheet>
  );
}
