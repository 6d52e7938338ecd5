import { describe, expect, test } from "vitest";

import { passwordStrength } from "./passwordStrength";

const judged = (password: string) => passwordStrength(password, ["Ada Lind", "ada@example.org", "Ada", "ada"]);

describe("the strength of a password", () => {
  test("says how much is missing", () => {
    expect(judged("correct")).toMatchObject({ tone: "bad", words: "3 more characters" });
    expect(judged("correct h")).toMatchObject({ tone: "bad", words: "1 more character" });
  });

  test("grows with length, not with odd characters", () => {
    expect(judged("orangeboat7")).toMatchObject({ tone: "good", words: "Good" });
    expect(judged("correct horse battery staple")).toMatchObject({ tone: "good", words: "Strong", value: 1 });
  });

  test.each(["aaaaaaaaaaaa", "1234567890", "abcdefghijklm"])("%s is easy to guess", (password) => {
    expect(judged(password).tone).toBe("warn");
  });

  test("a password with one's name in it is easy to guess", () => {
    expect(judged("ada-lives-in-malmo").tone).toBe("warn");
  });
});
