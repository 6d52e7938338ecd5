import { describe, expect, test } from "vitest";

import type { Notice } from "../../sync/state";
import { refusalWords } from "./refusalWords";

const refusal = (code: Notice["code"]): Notice => ({
  id: "1",
  board_id: "b",
  code,
  message: "The list is in the trash.",
  command: { type: "task.create", board_id: "b", task_id: "t", list_id: "l", title: "Buy milk", position: "a0" },
});

describe("a refusal", () => {
  test("says what was not done, by name", () => {
    expect(refusalWords(refusal("conflict"), "Home").what).toBe("The task “Buy milk” was not added.");
  });

  test("gives the server's reason", () => {
    expect(refusalWords(refusal("conflict"), "Home").why).toBe("The list is in the trash.");
  });

  test("names the board whose owner can help", () => {
    expect(refusalWords(refusal("forbidden"), "Home").why).toContain("Your role on Home");
    expect(refusalWords(refusal("forbidden"), undefined).why).toContain("Your role on this board");
  });
});
