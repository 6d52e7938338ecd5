import { parseQuickAdd, type Part, type QuickAdd, type QuickAddContext } from "./parseQuickAdd";
import { titleProblem } from "./titleLength";

export interface QuickAddLines {
  asked: QuickAdd[];
  parts: Part[];
  /** Why these lines cannot be added as they are; null: they can. */
  problem: string | null;
}

/** Reads each line for itself: several pasted lines are several tasks. Lines without a title ask for nothing. */
export function quickAddLines(
  text: string,
  context: QuickAddContext,
  plain: ReadonlySet<string>,
): QuickAddLines {
  const asked: QuickAdd[] = [];
  const parts: Part[] = [];
  let problem: string | null = null;
  let start = 0;
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    const read = parseQuickAdd(line, context, plain);
    if (read.title !== "") asked.push(read);
    problem ??= titleProblem(read.title, lines.length > 1 ? index + 1 : null);
    parts.push(...read.parts.map((part) => ({ ...part, start: part.start + start, end: part.end + start })));
    start += line.length + 1;
    if (start <= text.length) parts.push({ kind: "text", start: start - 1, end: start });
  }
  return { asked, parts, problem };
}
