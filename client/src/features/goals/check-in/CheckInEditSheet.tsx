import { useState } from "react";

import type { CheckIn, Id, KeyResult } from "../../../protocol/records";
import { useSendCommand } from "../../../sync/hooks";
import { Button } from "../../../ui/inputs/Button";
import { FormSheet } from "../../../ui/layout/FormSheet";
import { amountWords } from "../goalWords";
import { NoteField } from "./NoteField";
import { NumberField } from "./NumberField";
import { readNumber, stepOf, suggestedText } from "./checkInValue";

interface CheckInEditSheetProps {
  boardId: Id;
  checkIn: CheckIn;
  keyResult: KeyResult | undefined;
  onClose: () => void;
}

/** Corrects the number or the note of a check-in. */
export function CheckInEditSheet({ boardId, checkIn, keyResult, onClose }: CheckInEditSheetProps) {
  const send = useSendCommand();
  const [opened] = useState({ value: checkIn.value, note: checkIn.note });
  const [text, setText] = useState(opened.value === null ? "" : suggestedText(opened.value));
  const [note, setNote] = useState(opened.note);
  const [isTried, setTried] = useState(false);
  const value = readNumber(text);
  const hasValue = opened.value !== null && keyResult !== undefined;

  const submit = () => {
    setTried(true);
    if (hasValue && value === null) return;
    void send(
      {
        type: "check_in.edit",
        board_id: boardId,
        check_in_id: checkIn.id,
        ...(hasValue && value !== null && value !== opened.value && { value }),
        ...(note.trim() !== opened.note && { note: note.trim() }),
      },
      opened,
    );
    onClose();
  };
  return (
    <FormSheet
      title="Edit check-in"
      onSubmit={submit}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="contained" color="accent">
            Save
          </Button>
        </>
      }
    >
      {hasValue && (
        <NumberField
          label={keyResult.title}
          unit={keyResult.unit}
          text={text}
          onChange={setText}
          step={stepOf(keyResult, [checkIn.value ?? 0])}
          hint={checkIn.previous_value === null ? "" : `Before: ${amountWords(checkIn.previous_value, keyResult.unit)}`}
          error={isTried && value === null ? "Type a number, such as 12.5." : null}
        />
      )}
      <NoteField value={note} onChange={setNote} />
    </FormSheet>
  );
}
