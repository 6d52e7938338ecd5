/** Marks an element as one that says this in a small box when somebody points at it or comes to it by keyboard. */
export const hint = (text: string) => ({ "data-hint": text });
