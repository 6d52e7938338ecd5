import { generateKeyBetween } from "fractional-indexing";

import type { Position } from "../protocol/records";

type Placed = readonly { position: Position }[];

/** The position after all of these, which are sorted. */
export function positionAtEnd(sorted: Placed): Position {
  return positionAt(sorted, sorted.length);
}

/**
 * The position for something that is put at `index` among these, which are sorted and don't include it.
 *
 * Two people may put something at the same place at the same time, so neighbours can have equal keys, and no key lies
 * between those: the new one then goes behind all that share it, and before whatever follows them.
 */
export function positionAt(sorted: Placed, index: number): Position {
  const before = sorted[index - 1]?.position ?? null;
  const after = sorted.slice(index).find(({ position }) => before === null || position > before);
  return generateKeyBetween(before, after?.position ?? null);
}
