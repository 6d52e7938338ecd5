import type { Id } from "../../../protocol/records";

/** What a handle moves. */
export interface Held {
  readonly kind: "task" | "list";
  readonly id: Id;
}

const HANDLE = "[data-drag-kind]";
/** What a press in it is meant for. */
const FIELD = "input, textarea, select, [contenteditable]";

/** Marks an element as the handle of a task or list. One listener finds it: a hook in each of hundreds costs more. */
export const dragHandle = ({ kind, id }: Held) => ({ "data-drag-kind": kind, "data-drag-id": id });

/** The handle that is pressed by pressing there. */
export function handleAt(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element && target.closest(FIELD) === null ? target.closest<HTMLElement>(HANDLE) : null;
}

export function heldBy({ dataset }: HTMLElement): Held {
  return { kind: dataset.dragKind === "list" ? "list" : "task", id: dataset.dragId ?? "" };
}
