import { parseQuickAdd, type Part, type QuickAdd, type QuickAddContext } from "./parseQuickAdd";

/** Reads each line for itself: several pasted lines are several tasks. Lines without a title ask for nothing. */
export function quickAddLines(
  text: string,
  context: QuickAddContext,
  plain: ReadonlySet<string>,
): { asked: QuickAdd[]; parts: Part[] } {
  const asked: QuickAdd[] = [];
  const parts: Part[] = [];
  let start = 0;
  for (const line of text.split("\n")) {
    const read = parseQuickAdd(line, context, plain);
    if (read.title !== "") asked.push(read);
    parts.push(...read.parts.map((part) => ({ ...part, start: part.start + start, end: part.end + start })));
    start += line.length + 1;
    if (start <= text.length) parts.push({ kind: "text", start: start - 1, end: start });
  }
  return { asked, parts };
}
