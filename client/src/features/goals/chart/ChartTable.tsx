import { useState } from "react";

import { useToday } from "../../../ui/days/calendarContext";
import { dayWords } from "../../../ui/days/dayWords";
import styles from "./ChartTable.module.css";
import type { Point } from "./series";

interface ChartTableProps {
  title: string;
  series: readonly Point[];
  words: (value: number) => string;
}

/** What a chart draws, to be read. */
export function ChartTable({ title, series, words }: ChartTableProps) {
  const [isOpen, setOpen] = useState(false);
  const today = useToday();
  return (
    <>
      <button type="button" className={styles.toggle} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? "Hide the table" : "Show as a table"}
      </button>
      {isOpen && (
        <table className={styles.table}>
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col">Value</th>
            </tr>
          </thead>
          <tbody>
            {[...series].reverse().map(({ day, value }) => (
              <tr key={day}>
                <th scope="row">{dayWords(day, today)}</th>
                <td>{words(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
