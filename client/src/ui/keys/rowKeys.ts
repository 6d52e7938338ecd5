import type { KeyboardEvent } from "react";

/** What single keys on a focused task row do; a key whose action is absent does nothing. */
export interface RowActions {
  complete?: (() => void) | undefined;
  edit?: (() => void) | undefined;
  date?: (() => void) | undefined;
  move?: (() => void) | undefined;
  remove?: (() => void) | undefined;
}

const ACTION_OF_KEY: Record<string, keyof RowActions> = {
  c: "complete",
  e: "edit",
  d: "date",
  m: "move",
  x: "remove",
  Delete: "remove",
};

/** Whether the event comes from somewhere that letters are typed into. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Moves the focus from a row's target (`data-row-focus`) to that of the row after or before; false if there is none. */
export function focusNeighbour(target: HTMLElement, step: 1 | -1): boolean {
  const targets = [...document.querySelectorAll<HTMLElement>("[data-row-focus]")];
  const at = targets.indexOf(target);
  const next = at < 0 ? undefined : targets[at + step];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return next !== undefined;
}

/** Handles single keys on a row's focus target: `j` `k` and arrows move the focus, the others act. */
export function onRowKey(event: KeyboardEvent<HTMLElement>, actions: RowActions): void {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const step = event.key === "j" || event.key === "ArrowDown" ? 1 : event.key === "k" || event.key === "ArrowUp" ? -1 : 0;
  if (step !== 0) {
    if (focusNeighbour(event.currentTarget, step)) event.preventDefault();
    return;
  }
  const name = ACTION_OF_KEY[event.key];
  const action = name && actions[name];
  if (!action) return;
  event.preventDefault();
  event.stopPropagation();
  if (name === "complete" || name === "remove") focusNeighbour(event.currentTarget, 1);
  action();
}
