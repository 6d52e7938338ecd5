const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/**
 * How long to wait before another attempt: full jitter, so that thousands that were cut off at once come back spread
 * out. `failures` counts those in a row, from 1.
 */
export function backoffMs(failures: number, random: () => number): number {
  return random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
}
