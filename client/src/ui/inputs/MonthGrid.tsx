import { ChevronLeft, ChevronRight } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";

import type { Day } from "../../protocol/records";
import { addDays } from "../../sync/calendar";
import { useCalendar } from "../days/calendarContext";
import { fullDay, monthWords, shortWeekday, weekdayWords } from "../days/dayWords";
import { addMonths, monthGrid } from "../days/months";
import { IconButton } from "./IconButton";
import styles from "./Picker.module.css";

const STEPS: Record<string, (day: Day) => Day> = {
  ArrowLeft: (day) => addDays(day, -1),
  ArrowRight: (day) => addDays(day, 1),
  ArrowUp: (day) => addDays(day, -7),
  ArrowDown: (day) => addDays(day, 7),
  PageUp: (day) => addMonths(day, -1),
  PageDown: (day) => addMonths(day, 1),
};

/** A month to point at a day in; arrows walk by day and week, Page Up and Down by month. */
export function MonthGrid({ value, onPick }: { value: Day | null; onPick: (day: Day) => void }) {
  const { today, week_start } = useCalendar();
  const [cursor, setCursor] = useState(value ?? today);
  const grid = useRef<HTMLTableElement>(null);
  const moved = useRef(false);
  const weeks = monthGrid(cursor, week_start);

  useEffect(() => {
    if (moved.current) grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    moved.current = false;
  }, [cursor]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    moved.current = true;
    setCursor(step(cursor));
  };

  const classOf = (day: Day) =>
    [
      styles.day,
      day.slice(0, 7) === cursor.slice(0, 7) ? "" : styles.outside,
      day === today ? styles.now : "",
      day === value ? styles.chosen : "",
    ].join(" ");

  return (
    <div className={styles.month}>
      <div className={styles.monthHead}>
        <span aria-live="polite">{monthWords(cursor)}</span>
        <span>
          <IconButton icon={ChevronLeft} size={16} label="Previous month" onClick={() => setCursor(addMonths(cursor, -1))} />
          <IconButton icon={ChevronRight} size={16} label="Next month" onClick={() => setCursor(addMonths(cursor, 1))} />
        </span>
      </div>
      <table className={styles.grid} ref={grid} role="grid" aria-label={monthWords(cursor)} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {weeks[0]?.map((day) => (
              <th key={day} scope="col" abbr={weekdayWords(day)}>
                {shortWeekday(day).slice(0, 2)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td key={day} role="gridcell" aria-selected={day === value}>
                  <button
                    type="button"
                    className={classOf(day)}
                    tabIndex={day === cursor ? 0 : -1}
                    aria-label={fullDay(day)}
                    aria-current={day === today ? "date" : undefined}
                    onClick={() => onPick(day)}
                  >
                    {Number(day.slice(8))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
