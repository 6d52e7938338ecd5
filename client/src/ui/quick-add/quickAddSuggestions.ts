import type { Named } from "./parseQuickAdd";

export interface Suggestion {
  id: string;
  name: string;
  mark: "#" | "@";
  /** The whole text if this is taken, and where the caret then stands. */
  text: string;
  caret: number;
}

const LIMIT = 5;

/** Boards after `#` and people after `@`, for the word that is being typed at the caret. */
export function quickAddSuggestions(
  text: string,
  caret: number,
  boards: readonly Named[],
  people: readonly Named[],
): Suggestion[] {
  const typed = /(?:^|\s)([#@])(\S*)$/.exec(text.slice(0, caret));
  if (!typed) return [];
  const mark = typed[1] === "#" ? "#" : "@";
  const begun = (typed[2] ?? "").toLocaleLowerCase();
  const start = caret - begun.length - 1;
  return (mark === "#" ? boards : people)
    .filter(({ name }) => name.toLocaleLowerCase().split(/\s+/).some((word) => word.startsWith(begun)))
    .filter(({ name }) => name.toLocaleLowerCase() !== begun)
    .slice(0, LIMIT)
    .map(({ id, name }) => {
      const taken = `${text.slice(0, start)}${mark}${name} `;
      return { id, name, mark, text: taken + text.slice(caret).trimStart(), caret: taken.length };
    });
}
