/** The number of a check-in: what is suggested, by how much it steps, how typed text is read. */

import type { KeyResult } from "../../../protocol/records";

/** About this many steps lead from the start to the target. */
const STEPS_TO_TARGET = 60;
const MOST_DECIMALS = 2;

function decimalsOf(value: number): number {
  const [, fraction = ""] = String(Number(value.toFixed(MOST_DECIMALS))).split(".");
  return fraction.length;
}

/** The next of 1, 2, 5, 10 ... at or above a value. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= value * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** By how much one press changes the number: as finely as people have written it so far, but not in endless presses. */
export function stepOf(keyResult: Pick<KeyResult, "start_value" | "target_value">, written: readonly number[]): number {
  const decimals = Math.max(...[keyResult.start_value, keyResult.target_value, ...written].map(decimalsOf));
  const range = Math.abs(keyResult.target_value - keyResult.start_value);
  return Math.max(10 ** -decimals, roundUp(range / STEPS_TO_TARGET));
}

/** One step up or down, without the noise of binary fractions. */
export function steppedValue(value: number, step: number, direction: 1 | -1): number {
  const decimals = Math.max(decimalsOf(step), decimalsOf(value));
  return Number((value + direction * step).toFixed(decimals));
}

/** Reads "82.8", "82,8", "1 550" and "−3"; null if it is no number. */
export function readNumber(text: string): number | null {
  const plain = text.trim().replace(/[\s\u00a0\u202f]/g, "").replace("−", "-").replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}

/** What stands in the field at first: the last value, as it would be typed. */
export function suggestedText(current: number): string {
  return String(Number(current.toFixed(MOST_DECIMALS)));
}
