/** What is spoken while something is moved by keyboard. */

import type { Id } from "../../../protocol/records";
import { indexOf, without, type Column, type DropPlace } from "./places";

/** "position 3 of 8 in Doing"; the count includes the task itself. */
function whereWords(columns: readonly Column[], place: DropPlace, moving: Id): string {
  const column = columns.find(({ list_id }) => list_id === place.list_id);
  if (column === undefined) return "nowhere";
  const count = without(column.task_ids, moving).length + 1;
  return `position ${indexOf(column, place, moving) + 1} of ${count} in ${column.title}`;
}

export const liftedWords = (title: string, ...where: Parameters<typeof whereWords>): string =>
  `Lifted ${title}, ${whereWords(...where)}. Arrows move it, Space drops it, Escape cancels.`;

export const movedWords = (...where: Parameters<typeof whereWords>): string =>
  whereWords(...where).replace(/^p/, "P");

export const droppedWords = (title: string, ...where: Parameters<typeof whereWords>): string =>
  `Dropped ${title} at ${whereWords(...where)}.`;

export const cancelledWords = (title: string): string => `${title} stays where it was.`;

export const goneWords = (title: string): string => `${title} is not here any more.`;
