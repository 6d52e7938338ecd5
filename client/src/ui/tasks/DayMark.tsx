import { CalendarDays, Flag } from "lucide-react";

import type { Day } from "../../protocol/records";
import { useToday } from "../days/calendarContext";
import { dayWords, fullDay } from "../days/dayWords";
import styles from "./DayMark.module.css";

interface DayMarkProps {
  day: Day;
  /** Scheduled: the day I plan to do it. Due: the day it must be finished. */
  kind: "scheduled" | "due";
  /** A done task is never late. */
  done?: boolean;
  /** The day itself is said by a heading above: only its kind is told. */
  terse?: boolean;
}

const KIND_WORDS = { scheduled: "Planned", due: "Due" };

/** A day in a few characters; late and today are told by colour and by word. */
export function DayMark({ day, kind, done = false, terse = false }: DayMarkProps) {
  const today = useToday();
  const late = !done && day < today;
  const tone = late ? styles.late : !done && day === today ? styles.today : "";
  const Icon = kind === "due" ? Flag : CalendarDays;
  const spoken = `${kind === "due" ? "Due" : "Scheduled"} ${fullDay(day)}${late ? ", overdue" : ""}`;
  return (
    <time dateTime={day} className={`${styles.mark} ${tone}`} title={spoken}>
      <Icon size={13} strokeWidth={1.75} aria-hidden />
      <span aria-hidden>{terse ? KIND_WORDS[kind] : dayWords(day, today)}</span>
      <span className="visually-hidden">{spoken}</span>
    </time>
  );
}
