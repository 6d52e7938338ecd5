/** Where something that is being dragged would land, told by its neighbours: it stays true while others move things. */

import type { Id, Position } from "../../../protocol/records";
import { positionAt } from "../../../sync/positions";

/** A list and the ids of what is shown in it, from top to bottom. */
export interface Column {
  readonly list_id: Id;
  readonly title: string;
  readonly task_ids: readonly Id[];
}

/** Before a task of a list; null: at its end. */
export interface DropPlace {
  readonly list_id: Id;
  readonly before_id: Id | null;
}

export type Step = "up" | "down" | "left" | "right" | "first" | "last";

/** The ids among which `moving` is put: all but itself. */
export function without(ids: readonly Id[], moving: Id): readonly Id[] {
  return ids.filter((id) => id !== moving);
}

/** The place at an index among the others; at or past the end: the end. */
export function placeAt(column: Column, index: number, moving: Id): DropPlace {
  return { list_id: column.list_id, before_id: without(column.task_ids, moving)[index] ?? null };
}

export function indexOf(column: Column, place: DropPlace, moving: Id): number {
  const others = without(column.task_ids, moving);
  const index = place.before_id === null ? -1 : others.indexOf(place.before_id);
  return index < 0 ? others.length : index;
}

/** Where the task is now; null if it is not shown. */
export function presentPlace(columns: readonly Column[], moving: Id): DropPlace | null {
  const column = columns.find(({ task_ids }) => task_ids.includes(moving));
  return column === undefined ? null : placeAt(column, column.task_ids.indexOf(moving), moving);
}

/** The place one step away; the same one where there is nothing beyond. */
export function stepped(columns: readonly Column[], place: DropPlace, moving: Id, step: Step): DropPlace {
  const at = columns.findIndex(({ list_id }) => list_id === place.list_id);
  const column = columns[at];
  if (column === undefined) return place;
  const index = indexOf(column, place, moving);
  switch (step) {
    case "up":
      return placeAt(column, Math.max(0, index - 1), moving);
    case "down":
      return placeAt(column, index + 1, moving);
    case "first":
      return placeAt(column, 0, moving);
    case "last":
      return placeAt(column, Infinity, moving);
    case "left":
    case "right": {
      const next = columns[step === "left" ? at - 1 : at + 1];
      return next === undefined ? place : placeAt(next, index, moving);
    }
  }
}

export function isSamePlace(a: DropPlace | null, b: DropPlace | null): boolean {
  return a?.list_id === b?.list_id && a?.before_id === b?.before_id;
}

interface Placed {
  readonly id: Id;
  readonly position: Position;
}

/** The key that puts `moving` before another one of these, which are sorted; null: after all of them. */
export function positionBefore(sorted: readonly Placed[], beforeId: Id | null, moving: Id): Position {
  const others = sorted.filter(({ id }) => id !== moving);
  const index = others.findIndex(({ id }) => id === beforeId);
  return positionAt(others, index < 0 ? others.length : index);
}
