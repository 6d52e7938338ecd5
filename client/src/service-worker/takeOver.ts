/** What a page says to the worker that waits: the person has agreed to the new version. */
export const TAKE_OVER = "take_over";
