/** What stands behind a JSON string of the contract. */

export type Id = string;
/** A day without a clock time, `YYYY-MM-DD`. Never turned into an instant. */
export type Day = string;
/** An instant in UTC with whole milliseconds, `2026-11-22T10:48:49.123Z`. */
export type Moment = string;
/** A fractional-index key; records are shown by `(position, id)`. */
export type Position = string;
