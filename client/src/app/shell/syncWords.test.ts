import { expect, test } from "vitest";

import { syncWords } from "./syncWords";

test("the line says where my changes are", () => {
  expect(syncWords({ kind: "saved" })).toBe("Saved");
  expect(syncWords({ kind: "saving", waiting: 2 })).toBe("Saving…");
  expect(syncWords({ kind: "offline", waiting: 0 })).toBe("Offline");
  expect(syncWords({ kind: "offline", waiting: 1 })).toBe("Offline, 1 change waiting");
  expect(syncWords({ kind: "reconnecting", waiting: 3 })).toBe("Reconnecting, 3 changes waiting");
});
