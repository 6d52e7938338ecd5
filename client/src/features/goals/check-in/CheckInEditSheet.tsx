import Button from "@mui/material/Button";
import { useState } from "react";

import type { CheckIn, Id, KeyResult } from "../../../protocol/records";
import { useSendCommand } from "../../../sync/hooks";
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
  const [text, setText] = useState(checkIn.value === null ? "" : suggestedText(checkIn.value));
  const [note, setNote] = useState(checkIn.note);
  const [isTried, setTried] = useState(false);
  const value = readNumber(text);
  const hasValue = checkIn.value !== null && keyResult !== undefined;

  const submit = () => {
    setTried(true);
    if (hasValue && value === null) return;
    void send({
      type: "check_in.edit",
      board_id: boardId,
      check_in_id: checkIn.id,
      ...(hasValue && value !== null && value !== checkIn.value && { value }),
      ...(note.trim() !== checkIn.note && { note: note.trim() }),
    });
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
          <Button type="submit" variant="contained" color="primary">
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
