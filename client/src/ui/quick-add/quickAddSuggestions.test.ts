import { expect, test } from "vitest";

import { quickAddSuggestions } from "./quickAddSuggestions";

const boards = [
  { id: "1", name: "Home" },
  { id: "2", name: "Spring marathon" },
];
const people = [{ id: "3", name: "Bo Ek" }];

const suggested = (text: string, caret = text.length) => quickAddSuggestions(text, caret, boards, people);

test("nothing is suggested without a mark", () => {
  expect(suggested("Run home")).toEqual([]);
  expect(suggested("mail bo@ho")).toEqual([]);
});

test("boards are suggested after #, by the beginning of any word", () => {
  expect(suggested("Run #").map(({ name }) => name)).toEqual(["Home", "Spring marathon"]);
  expect(suggested("Run #mar").map(({ name }) => name)).toEqual(["Spring marathon"]);
});

test("taking one completes the word and goes on behind it", () => {
  expect(suggested("Run #mar")[0]).toMatchObject({ text: "Run #Spring marathon ", caret: 21 });
});

test("what stands behind the caret stays", () => {
  expect(suggested("Run @b tomorrow", 6)[0]).toMatchObject({ text: "Run @Bo Ek tomorrow", caret: 11 });
});

test("a name that is already whole is not suggested", () => {
  expect(suggested("x #home")).toEqual([]);
});
