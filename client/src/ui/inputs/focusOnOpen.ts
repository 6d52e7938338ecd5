/**
 * A ref for the field that a just opened surface is about. Under a finger the focus would bring up the keyboard over
 * what is to be read first, so it is left alone there.
 */
export function focusOnOpen(element: HTMLElement | null): void {
  if (!window.matchMedia("(pointer: coarse)").matches) element?.focus();
}
