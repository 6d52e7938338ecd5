const ROW = "[data-row-focus]";

/** Moves the focus from a card to the one at about the same height in the next list that has any; false if there is none. */
export function focusAcross(target: HTMLElement, step: 1 | -1): boolean {
  const column = target.closest<HTMLElement>("[data-column]");
  if (column === null || !target.matches(ROW)) return false;
  const columns = [...document.querySelectorAll<HTMLElement>("[data-column]")];
  const { top } = target.getBoundingClientRect();
  for (let at = columns.indexOf(column) + step; columns[at] !== undefined; at += step) {
    const rows = [...(columns[at]?.querySelectorAll<HTMLElement>(ROW) ?? [])];
    const [first] = rows;
    if (first === undefined) continue;
    const away = (row: HTMLElement) => Math.abs(row.getBoundingClientRect().top - top);
    const next = rows.reduce((best, row) => (away(row) < away(best) ? row : best), first);
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
    return true;
  }
  return false;
}
