/** Moving whole lists: the place is told by the list that would come after; null: at the end. */

import type { Id } from "../../../protocol/records";
import type { Step } from "./places";
import type { Zone } from "./zones";

export function listBefore(zones: readonly Zone[], x: number, moving: Id): Id | null {
  const next = zones.filter(({ list_id }) => list_id !== moving).find(({ box }) => x < (box.left + box.right) / 2);
  return next?.list_id ?? null;
}

export function nextListId(listIds: readonly Id[], moving: Id): Id | null {
  return listIds[listIds.indexOf(moving) + 1] ?? null;
}

/** The place one step to the left or right, or at an end. */
export function steppedList(listIds: readonly Id[], beforeId: Id | null, moving: Id, step: Step): Id | null {
  const others = listIds.filter((id) => id !== moving);
  const at = beforeId === null ? others.length : others.indexOf(beforeId);
  switch (step) {
    case "left":
    case "up":
      return others[Math.max(0, at - 1)] ?? null;
    case "right":
    case "down":
      return others[at + 1] ?? null;
    case "first":
      return others[0] ?? null;
    case "last":
      return null;
  }
}
