import { describe, expect, test } from "vitest";

import { searchItems, type PaletteItem } from "./searchItems";

const item = (words: string, extra: Partial<PaletteItem> = {}): PaletteItem => ({
  id: words,
  words,
  hint: "",
  group: "Tasks",
  ...extra,
});

const found = (items: PaletteItem[], query: string) => searchItems(items, query).map(({ words }) => words);

describe("the palette's search", () => {
  test("without words shows actions, places and boards only", () => {
    const items = [item("Add task", { group: "Actions" }), item("Home", { group: "Boards" }), item("Run")];
    expect(found(items, " ")).toEqual(["Add task", "Home"]);
  });

  test("finds all words in any order", () => {
    expect(found([item("Call the bank about the card"), item("Call mum")], "card call")).toEqual(["Call the bank about the card"]);
  });

  test("puts beginnings before what is inside", () => {
    expect(found([item("Prune roses"), item("Go for a run"), item("Run 5 km")], "run")).toEqual(["Run 5 km", "Go for a run", "Prune roses"]);
  });

  test("minds neither case nor accents", () => {
    expect(found([item("Café Zürich")], "cafe ZUR")).toEqual(["Café Zürich"]);
  });

  test("puts what is done last", () => {
    expect(found([item("Run 5 km", { isDone: true }), item("Run 10 km")], "run")).toEqual(["Run 10 km", "Run 5 km"]);
  });

  test("finds by aliases", () => {
    expect(found([item("Use the dark theme", { aliases: "night mode" })], "night")).toEqual(["Use the dark theme"]);
  });
});
