import { describe, expect, test } from "vitest";

import type { Notice } from "../../sync/state";
import { refusalWords } from "./refusalWords";

const refusal = (code: Notice["code"], name = "Buy milk"): Notice => ({
  id: "1",
  board_id: "b",
  code,
  message: "The list is in the trash.",
  name,
  at: "2026-11-22T10:00:00.000Z",
  command: { type: "task.complete", board_id: "b", task_id: "t" },
});

describe("a refusal", () => {
  test("says what was not done, by name", () => {
    expect(refusalWords(refusal("conflict"), "Home").what).toBe("The task “Buy milk” was not completed.");
  });

  test("does without a name that is not known", () => {
    expect(refusalWords(refusal("conflict", ""), "Home").what).toBe("The task was not completed.");
  });

  test("gives the server's reason", () => {
    expect(refusalWords(refusal("conflict"), "Home").why).toBe("The list is in the trash.");
  });

  test("names the board whose owner can help", () => {
    expect(refusalWords(refusal("forbidden"), "Home").why).toContain("Your role on Home");
    expect(refusalWords(refusal("forbidden"), undefined).why).toContain("Your role on this board");
  });
});
