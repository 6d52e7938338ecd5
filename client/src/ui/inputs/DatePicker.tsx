import { CalendarDays, CalendarPlus, CalendarX, Sun, Sunrise } from "lucide-react";
import { useState } from "react";

import type { Day } from "../../protocol/records";
import { addDays } from "../../sync/calendar";
import { useCalendar } from "../days/calendarContext";
import { dayPhrase } from "../days/dayPhrase";
import { dayHeading, shortWeekday } from "../days/dayWords";
import { MonthGrid } from "./MonthGrid";
import { Picker } from "./Picker";
import styles from "./Picker.module.css";
import { focusOnOpen } from "./focusOnOpen";

interface DatePickerProps {
  /** What the day is for: "Scheduled", "Due". */
  label: string;
  value: Day | null;
  anchor: HTMLElement | null;
  onPick: (day: Day | null) => void;
  onClose: () => void;
}

/** Chooses a day: by words, by a shortcut, or in the month. */
export function DatePicker({ label, value, anchor, onPick, onClose }: DatePickerProps) {
  const pick = (day: Day | null) => {
    onPick(day);
    onClose();
  };
  return (
    <Picker label={label} anchor={anchor} onClose={onClose}>
      <Choices label={label} value={value} pick={pick} />
    </Picker>
  );
}

function Choices({ label, value, pick }: { label: string; value: Day | null; pick: (day: Day | null) => void }) {
  const calendar = useCalendar();
  const [words, setWords] = useState("");
  const { today } = calendar;
  const spoken = dayPhrase(words.trim().toLowerCase().split(/\s+/), calendar)?.day ?? null;
  const nextWeek = dayPhrase(["next", "week"], calendar)?.day ?? addDays(today, 7);
  const shortcuts = [
    { icon: Sun, words: "Today", day: today },
    { icon: Sunrise, words: "Tomorrow", day: addDays(today, 1) },
    { icon: CalendarPlus, words: "Next week", day: nextWeek },
  ];
  return (
    <>
      <input
        className={styles.search}
        aria-label={`${label}: type a day`}
        placeholder="Type a day: fri, in 3 days, 12 Dec"
        value={words}
        ref={focusOnOpen}
        onChange={(event) => setWords(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && spoken) pick(spoken);
        }}
      />
      {words.trim() === "" ? (
        shortcuts.map(({ icon: Icon, words: name, day }) => (
          <button key={name} type="button" className={styles.option} onClick={() => pick(day)}>
            <Icon size={16} strokeWidth={1.75} aria-hidden />
            {name}
            <span className={styles.hint}>{shortWeekday(day)}</span>
          </button>
        ))
      ) : spoken ? (
        <button type="button" className={styles.option} onClick={() => pick(spoken)}>
          <CalendarDays size={16} strokeWidth={1.75} aria-hidden />
          {dayHeading(spoken, today)}
          <span className={styles.hint}>Enter</span>
        </button>
      ) : (
        <p className={styles.empty}>No day that we know. Try “mon” or “12 Dec”.</p>
      )}
      {value !== null && (
        <button type="button" className={styles.option} onClick={() => pick(null)}>
          <CalendarX size={16} strokeWidth={1.75} aria-hidden />
          No date
        </button>
      )}
      <div className={styles.rule} />
      <MonthGrid key={value ?? today} value={value} onPick={pick} />
    </>
  );
}
