/** In code points: `Title` of tracker/fields.py counts those, and not units of UTF-16. */
const LONGEST_TITLE = 500;

/** Why a title is refused before it is sent; null: it is not. `line`: its number among several, from 1. */
export function titleProblem(title: string, line: number | null = null): string | null {
  const { length } = Array.from(title);
  if (length <= LONGEST_TITLE) return null;
  const which = line === null ? "This" : `Line ${line}`;
  return `${which} is too long for a title: ${length} of ${LONGEST_TITLE} characters.`;
}
