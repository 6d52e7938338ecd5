/** Finds the place under a pointer from what is drawn: lists may be windowed, so only rows near the eye exist. */

import type { Id } from "../../../protocol/records";
import { type Column, type DropPlace, without } from "./places";

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A list on the screen with the rows that are drawn of it, from top to bottom. */
export interface Zone {
  readonly list_id: Id;
  readonly box: Box;
  readonly rows: readonly { readonly id: Id; readonly middle: number }[];
}

function distance(box: Box, x: number, y: number): number {
  const dx = Math.max(box.left - x, 0, x - box.right);
  const dy = Math.max(box.top - y, 0, y - box.bottom);
  return Math.hypot(dx, dy);
}

/** The nearest zone: a card let go between two lists falls into one of them, never into nothing. */
export function nearest<Item extends { readonly box: Box }>(zones: readonly Item[], x: number, y: number): Item | null {
  let found: Item | null = null;
  let least = Infinity;
  for (const zone of zones) {
    const away = distance(zone.box, x, y);
    if (away < least) {
      found = zone;
      least = away;
    }
  }
  return found;
}

/** The place in a zone at a height: before the first drawn row whose middle is below it. */
export function placeIn(zone: Zone, y: number, column: Column, moving: Id): DropPlace {
  const rows = zone.rows.filter(({ id }) => id !== moving);
  const below = rows.find(({ middle }) => y < middle);
  if (below !== undefined) return { list_id: zone.list_id, before_id: below.id };
  const others = without(column.task_ids, moving);
  const last = rows.at(-1);
  // Below the last drawn row there may be more that is not drawn.
  return { list_id: zone.list_id, before_id: last === undefined ? null : (others[others.indexOf(last.id) + 1] ?? null) };
}

const LIST = "[data-drop-list]";
const TASK = "[data-drop-task]";

/** Marks an element as a list to drop into, or as one of its parts: parts of one list count as one zone. */
export const dropList = (listId: Id) => ({ "data-drop-list": listId });
/** Marks an element inside, or the part itself, as a task's row. */
export const dropTask = (taskId: Id) => ({ "data-drop-task": taskId });

export function zonesIn(root: HTMLElement): Zone[] {
  const zones = new Map<Id, Zone>();
  for (const element of root.querySelectorAll<HTMLElement>(LIST)) {
    const listId = element.dataset.dropList ?? "";
    const known = zones.get(listId);
    const box = element.getBoundingClientRect();
    const rows = [...(element.matches(TASK) ? [element] : []), ...element.querySelectorAll<HTMLElement>(TASK)].map(rowOf);
    zones.set(listId, {
      list_id: listId,
      box: known === undefined ? box : around(known.box, box),
      rows: [...(known?.rows ?? []), ...rows].sort((a, b) => a.middle - b.middle),
    });
  }
  return [...zones.values()];
}

function around(a: Box, b: Box): Box {
  return {
    left: Math.min(a.left, b.left),
    right: Math.max(a.right, b.right),
    top: Math.min(a.top, b.top),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

function rowOf(element: HTMLElement): Zone["rows"][number] {
  const { top, bottom } = element.getBoundingClientRect();
  return { id: element.dataset.dropTask ?? "", middle: (top + bottom) / 2 };
}
