import { generateKeyBetween } from "fractional-indexing";

import type { Position } from "../protocol/records";

/**
 * A position between two neighbours; null: the end of the list on that side.
 *
 * Two people may put something at the same place at the same time, so neighbours can have equal keys: the new one then
 * goes beside them, and the tie is broken by id.
 */
export function positionBetween(before: Position | null, after: Position | null): Position {
  if (before !== null && after !== null && before >= after) {
    return generateKeyBetween(before, null);
  }
  return generateKeyBetween(before, after);
}

/** The position after all of these, which are sorted. */
export function positionAtEnd(sorted: readonly { position: Position }[]): Position {
  return positionBetween(sorted.at(-1)?.position ?? null, null);
}

/** The position for something that is put at `index` among these, which are sorted and don't include it. */
export function positionAt(sorted: readonly { position: Position }[], index: number): Position {
  return positionBetween(sorted[index - 1]?.position ?? null, sorted[index]?.position ?? null);
}
