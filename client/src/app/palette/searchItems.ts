/** Something the palette can find. */
export interface PaletteItem {
  id: string;
  words: string;
  /** What kind of thing it is, or where it is. */
  hint: string;
  group: "Actions" | "Places" | "Boards" | "Goals" | "Tasks";
  /** Found by these words, too. */
  aliases?: string;
  isDone?: boolean;
}

const fold = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

/** How well a text answers the words: 0 not at all; whole beginnings beat beginnings of words beat anything inside. */
function score(text: string, query: string, words: readonly string[]): number {
  if (!words.every((word) => text.includes(word))) return 0;
  if (text.startsWith(query)) return 4;
  if (words.every((word) => text.startsWith(word) || text.includes(` ${word}`))) return 3;
  return 1;
}

/** The best answers to a query, by group in the order of the items; without a query the first ones. */
export function searchItems<Item extends PaletteItem>(items: readonly Item[], query: string, limit = 30): Item[] {
  const folded = fold(query.trim());
  if (folded === "") return items.filter(({ group }) => group !== "Tasks" && group !== "Goals").slice(0, limit);
  const words = folded.split(/\s+/);
  return items
    .map((item, index) => {
      const found = score(fold(`${item.words} ${item.aliases ?? ""}`), folded, words);
      return { item, index, score: item.isDone ? found / 2 : found };
    })
    .filter((found) => found.score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, limit)
    .map(({ item }) => item);
}
