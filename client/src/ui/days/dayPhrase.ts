import type { Day, WeekStart } from "../../protocol/records";
import { addDays } from "../../sync/calendar";
import { addMonths, dayOf, weekdayOf } from "./months";

export interface PhraseContext {
  today: Day;
  week_start: WeekStart;
}

/** A day found at the start of some words, and how many of them say it. */
interface FoundDay {
  day: Day;
  words: number;
}

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];
const WEEK_START_DAY: Record<WeekStart, number> = { sunday: 0, monday: 1, saturday: 6 };
const COUNTS = ["", "a", "two", "three", "four", "five", "six", "seven"];

/** The place of a name in a list, by its full form or an abbreviation of at least three letters ("tues", "sept"). */
function indexOfName(names: readonly string[], word: string | undefined): number {
  if (word === undefined || word.length < 3) return -1;
  return names.findIndex((name) => name === word || (name.startsWith(word) && word.length <= 4));
}

function numberOf(word: string | undefined): number | null {
  if (word === undefined) return null;
  if (/^\d{1,3}$/.test(word)) return Number(word);
  const spelled = COUNTS.indexOf(word === "an" || word === "one" ? "a" : word);
  return spelled > 0 ? spelled : null;
}

/** The next such weekday after today; today's own name means a week from now. */
function nextWeekday(today: Day, weekday: number): Day {
  return addDays(today, (weekday - weekdayOf(today) + 6) % 7 + 1);
}

function oneWord(word: string | undefined, { today }: PhraseContext): FoundDay | null {
  if (word === "today" || word === "tod") return { day: today, words: 1 };
  if (word === "tomorrow" || word === "tom" || word === "tmr") return { day: addDays(today, 1), words: 1 };
  if (word === "weekend") return { day: nextWeekday(today, 6), words: 1 };
  const weekday = indexOfName(WEEKDAYS, word);
  return weekday < 0 ? null : { day: nextWeekday(today, weekday), words: 1 };
}

function nextSomething([first, second]: readonly string[], { today, week_start }: PhraseContext): FoundDay | null {
  if (first !== "next") return null;
  if (second === "week") return { day: nextWeekday(today, WEEK_START_DAY[week_start]), words: 2 };
  if (second === "month") return { day: addMonths(`${today.slice(0, 8)}01`, 1), words: 2 };
  const weekday = indexOfName(WEEKDAYS, second);
  return weekday < 0 ? null : { day: nextWeekday(today, weekday), words: 2 };
}

function inSomeTime([first, second, third]: readonly string[], { today }: PhraseContext): FoundDay | null {
  const count = first === "in" ? numberOf(second) : null;
  if (count === null || third === undefined) return null;
  if (/^days?$/.test(third)) return { day: addDays(today, count), words: 3 };
  if (/^weeks?$/.test(third)) return { day: addDays(today, count * 7), words: 3 };
  if (/^months?$/.test(third)) return { day: addMonths(today, count), words: 3 };
  return null;
}

function found(day: Day | null, words: number): FoundDay | null {
  return day === null ? null : { day, words };
}

/** "12 Dec", "Dec 12", "12th December 2027". Without a year it is the next such day. */
function dateAndMonth(words: readonly string[], { today }: PhraseContext): FoundDay | null {
  const dateOf = (word: string | undefined) => Number(/^(\d{1,2})(?:st|nd|rd|th|\.)?$/.exec(word ?? "")?.[1] ?? NaN);
  const dateFirst = !Number.isNaN(dateOf(words[0]));
  const date = dateOf(words[dateFirst ? 0 : 1]);
  const month = indexOfName(MONTHS, words[dateFirst ? 1 : 0]) + 1;
  if (Number.isNaN(date) || month === 0) return null;
  if (/^\d{4}$/.test(words[2] ?? "")) {
    return found(dayOf(Number(words[2]), month, date), 3);
  }
  const year = Number(today.slice(0, 4));
  const thisYear = dayOf(year, month, date);
  return found(thisYear !== null && thisYear < today ? dayOf(year + 1, month, date) : thisYear, 2);
}

function isoDate(word: string | undefined): FoundDay | null {
  const parts = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(word ?? "");
  return parts && found(dayOf(Number(parts[1]), Number(parts[2]), Number(parts[3])), 1);
}

/** The day that these lower-case words begin with, if they do: "fri", "in 3 days", "next week", "12 dec", "2026-12-12". */
export function dayPhrase(words: readonly string[], context: PhraseContext): FoundDay | null {
  return (
    inSomeTime(words, context) ??
    nextSomething(words, context) ??
    dateAndMonth(words, context) ??
    isoDate(words[0]) ??
    oneWord(words[0], context)
  );
}
