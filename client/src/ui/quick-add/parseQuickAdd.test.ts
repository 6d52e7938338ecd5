import { describe, expect, test } from "vitest";

import { parseQuickAdd, type QuickAddContext } from "./parseQuickAdd";

const PEOPLE: Record<string, { id: string; name: string }[]> = {
  me: [{ id: "ada", name: "Ada Lind" }],
  home: [
    { id: "ada", name: "Ada Lind" },
    { id: "bo", name: "Bo Ek" },
    { id: "boris", name: "Boris" },
  ],
  marathon: [
    { id: "ada", name: "Ada Lind" },
    { id: "bo", name: "Bo Ek" },
  ],
};

// A Saturday.
const context: QuickAddContext = {
  today: "2026-11-21",
  week_start: "monday",
  boards: [
    { id: "me", name: "Ada" },
    { id: "home", name: "Home" },
    { id: "marathon", name: "Spring marathon" },
    { id: "house", name: "Home renovation" },
  ],
  peopleOf: (boardId) => PEOPLE[boardId] ?? [],
  board_id: "me",
};

const read = (text: string, plain?: Set<string>) => parseQuickAdd(text, context, plain);

const chips = (text: string) =>
  read(text)
    .parts.filter(({ kind }) => kind !== "text")
    .map(({ kind, start, end }) => [kind, text.slice(start, end)]);

describe("quick add", () => {
  test("plain words are the title, on the board at hand", () => {
    expect(read("Buy milk")).toEqual({
      title: "Buy milk",
      scheduled_on: null,
      due_on: null,
      priority: 0,
      board_id: "me",
      assignee_ids: [],
      parts: [{ kind: "text", start: 0, end: 8 }],
    });
  });

  test("reads day, priority, board and person out of one line", () => {
    const task = read("Run 5 km tomorrow p1 #Spring marathon @bo");
    expect(task).toMatchObject({
      title: "Run 5 km",
      scheduled_on: "2026-11-22",
      priority: 1,
      board_id: "marathon",
      assignee_ids: ["bo"],
    });
    expect(chips("Run 5 km tomorrow p1 #Spring marathon @bo")).toEqual([
      ["scheduled", "tomorrow"],
      ["priority", "p1"],
      ["board", "#Spring marathon"],
      ["person", "@bo"],
    ]);
  });

  test.each([
    ["Call mum fri", "Call mum", "2026-11-27"],
    ["Call mum on friday", "Call mum", "2026-11-27"],
    ["Water plants in 3 days", "Water plants", "2026-11-24"],
    ["Concert 12 Dec", "Concert", "2026-12-12"],
    ["tomorrow: no such word", "tomorrow: no such word", null],
    ["tomorrow, water the plants", "water the plants", "2026-11-22"],
    ["Tidy up next week please", "Tidy up please", "2026-11-23"],
  ])("%s", (text, title, day) => {
    expect(read(text)).toMatchObject({ title, scheduled_on: day });
  });

  test.each([
    ["Tax papers by 12 Dec", "Tax papers", "2026-12-12"],
    ["Tax papers due fri", "Tax papers", "2026-11-27"],
    ["Stand by me", "Stand by me", null],
    ["Pay what is due", "Pay what is due", null],
  ])("%s: the day it must be finished", (text, title, day) => {
    expect(read(text)).toMatchObject({ title, due_on: day, scheduled_on: null });
  });

  test("plans and due days stand side by side", () => {
    expect(read("Essay mon by fri")).toMatchObject({ title: "Essay", scheduled_on: "2026-11-23", due_on: "2026-11-27" });
  });

  test("of two days the last holds and the first stays in the title", () => {
    expect(read("Read Monday notes tomorrow")).toMatchObject({ title: "Read Monday notes", scheduled_on: "2026-11-22" });
  });

  test("a rhythm is not a day", () => {
    expect(read("Run every mon")).toMatchObject({ title: "Run every mon", scheduled_on: null });
  });

  test.each([
    ["p1 call", 1],
    ["call p3", 3],
    ["call P2", 2],
    ["call p4", 0],
    ["mp3 player", 0],
  ])("%s has priority %i", (text, priority) => {
    expect(read(text).priority).toBe(priority);
  });

  test.each([
    ["x #home", "home"],
    ["x #HOME", "home"],
    ["x #spring", "marathon"],
    ["x #springmarathon", "marathon"],
    ["x #Home renovation", "house"],
    ["x #nothing", "me"],
    ["x #", "me"],
  ])("%s goes to %s", (text, board) => {
    expect(read(text).board_id).toBe(board);
  });

  test("an unknown board stays in the title", () => {
    expect(read("Tag it #nothing").title).toBe("Tag it #nothing");
  });

  test("people are looked for on the board that is named, even after them", () => {
    expect(read("Shop @boris #home")).toMatchObject({ title: "Shop", assignee_ids: ["boris"], board_id: "home" });
    expect(read("Shop @boris")).toMatchObject({ title: "Shop @boris", assignee_ids: [] });
  });

  test("a beginning that fits two people means neither, a whole first name does", () => {
    expect(read("x #home @b").assignee_ids).toEqual([]);
    expect(read("x #home @bo").assignee_ids).toEqual(["bo"]);
    expect(read("x #home @bo ek")).toMatchObject({ title: "x", assignee_ids: ["bo"] });
  });

  test("several people, each once, sorted", () => {
    expect(read("x #home @boris @ada @boris").assignee_ids).toEqual(["ada", "boris"]);
  });

  test("parts that were made plain mean nothing", () => {
    expect(read("Read sun tomorrow", new Set(["tomorrow"]))).toMatchObject({ title: "Read tomorrow", scheduled_on: "2026-11-22" });
    expect(read("Watch Friday", new Set(["Friday"]))).toMatchObject({ title: "Watch Friday", scheduled_on: null });
  });

  test("parts cover the whole text, spaces too", () => {
    const text = "  Run  tomorrow p1 ";
    const { parts } = read(text);
    expect(parts.map(({ start, end }) => text.slice(start, end)).join("")).toBe(text);
  });

  test("an address with an at sign is no person", () => {
    expect(read("Write to bo@example.org").title).toBe("Write to bo@example.org");
  });

  test("emoji and right-to-left text pass through", () => {
    expect(read("🏃 שלום tomorrow")).toMatchObject({ title: "🏃 שלום", scheduled_on: "2026-11-22" });
  });

  test("nothing but marks leaves no title", () => {
    expect(read("tomorrow p1").title).toBe("");
    expect(read("   ").title).toBe("");
  });
});
