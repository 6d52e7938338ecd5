import { CalendarDays } from "lucide-react";
import { useState } from "react";

import type { Command } from "../../../protocol/commands";
import type { Day, Goal, Health, Id, KeyResult } from "../../../protocol/records";
import { useCheckIns, useGoalFigures } from "../../../sync/hooks";
import { newId } from "../../../sync/ids";
import { useToday } from "../../../ui/days/calendarContext";
import { dayWords } from "../../../ui/days/dayWords";
import { useSendWithUndo } from "../../../ui/feedback/useSendWithUndo";
import { Button } from "../../../ui/inputs/Button";
import { DatePicker } from "../../../ui/inputs/DatePicker";
import { FormSheet } from "../../../ui/layout/FormSheet";
import { agoDays } from "../agoDays";
import { amountWords } from "../goalWords";
import styles from "./CheckInSheet.module.css";
import { HealthChoice } from "./HealthChoice";
import { NoteField } from "./NoteField";
import { NumberField } from "./NumberField";
import { readNumber, stepOf, suggestedText } from "./checkInValue";

interface CheckInSheetProps {
  boardId: Id;
  goal: Goal;
  /** Which key result it is about; absent: the first that is measured by hand. */
  keyResultId?: Id;
  onClose: () => void;
}

/** A check-in: one tap and a number. The last value is there already; how it stands and a note may be said. */
export function CheckInSheet({ boardId, goal, keyResultId, onClose }: CheckInSheetProps) {
  const today = useToday();
  const sendWithUndo = useSendWithUndo();
  const { key_results } = useGoalFigures(boardId, goal.id);
  const checkIns = useCheckIns(boardId, goal.id);
  const measured = key_results.filter(({ key_result }) => key_result.source === "manual");
  const [chosenId, setChosenId] = useState(keyResultId ?? measured[0]?.key_result.id ?? null);
  const chosen = measured.find(({ key_result }) => key_result.id === chosenId) ?? null;
  const [typed, setTyped] = useState<string | null>(null);
  const [health, setHealth] = useState<Health | null>(null);
  const [note, setNote] = useState("");
  const [day, setDay] = useState(today);
  const [dayAnchor, setDayAnchor] = useState<HTMLElement | null>(null);
  const [isTried, setTried] = useState(false);

  const text = typed ?? (chosen === null ? "" : suggestedText(chosen.current));
  const value = readNumber(text);
  const isSaid = chosen !== null || health !== null || note.trim() !== "";

  const submit = () => {
    setTried(true);
    if (!isSaid || (chosen !== null && value === null)) return;
    const id = newId();
    const checkIn: Command = {
      type: "check_in.create",
      board_id: boardId,
      check_in_id: id,
      goal_id: goal.id,
      for_day: day,
      key_result_id: chosen?.key_result.id ?? null,
      value: chosen === null ? null : value,
      health,
      note: note.trim(),
    };
    const amount = chosen === null || value === null ? "" : ` ${amountWords(value, chosen.key_result.unit)}`;
    sendWithUndo(checkIn, `Checked in${amount}`, { type: "check_in.delete", board_id: boardId, check_in_id: id });
    onClose();
  };

  const written = checkIns.flatMap((checkIn) => (checkIn.key_result_id === chosenId && checkIn.value !== null ? [checkIn.value] : []));
  return (
    <FormSheet
      title="Check in"
      lead={<span dir="auto">{goal.title}</span>}
      onSubmit={submit}
      onClose={onClose}
      actions={
        <>
          <Button
            variant="text"
            startIcon={<CalendarDays size={16} strokeWidth={1.75} aria-hidden />}
            onClick={(event) => setDayAnchor(event.currentTarget)}
            aria-label={`For ${dayWords(day, today)}, choose the day`}
            className={styles.day}
          >
            {dayWords(day, today)}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="contained" color="accent">
            Check in
          </Button>
        </>
      }
    >
      {measured.length > 1 && (
        <div className={styles.chips} role="radiogroup" aria-label="Key result">
          {measured.map(({ key_result }) => (
            <button
              key={key_result.id}
              type="button"
              role="radio"
              aria-checked={key_result.id === chosenId}
              className={styles.chip}
              dir="auto"
              onClick={() => {
                setChosenId(key_result.id);
                setTyped(null);
              }}
            >
              {key_result.title}
            </button>
          ))}
        </div>
      )}
      {chosen && (
        <NumberField
          key={chosen.key_result.id}
          label={measured.length > 1 ? "Value now" : chosen.key_result.title}
          unit={chosen.key_result.unit}
          text={text}
          onChange={setTyped}
          step={stepOf(chosen.key_result, [...written, chosen.current])}
          hint={lastWords(chosen.key_result, today)}
          error={isTried && value === null ? "Type a number, such as 12.5." : null}
        />
      )}
      <HealthChoice value={health} onChange={setHealth} />
      <NoteField value={note} onChange={setNote} />
      {isTried && !isSaid && (
        <p className={styles.missing} role="alert">
          Say how it stands or write a note.
        </p>
      )}
      <DatePicker
        label="Day of the check-in"
        value={day}
        anchor={dayAnchor}
        onPick={(picked) => setDay(picked === null || picked > today ? today : picked)}
        onClose={() => setDayAnchor(null)}
      />
    </FormSheet>
  );
}

function lastWords({ measured_on, current_value, unit }: KeyResult, today: Day): string {
  return measured_on === null ? "The first time" : `Last: ${amountWords(current_value, unit)}, ${agoDays(measured_on, today)}`;
}
