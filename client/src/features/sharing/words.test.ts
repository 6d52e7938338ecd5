import { expect, test } from "vitest";

import { expiryWords } from "./expiryWords";
import { invitationLink, isAddress } from "./invitationLink";

test("an invitation says how long it still works", () => {
  const on = (day: string) => expiryWords(`${day}T10:00:00.000Z`, "2026-11-22");
  expect(on("2026-12-06")).toBe("Works for 14 more days");
  expect(on("2026-11-23")).toBe("Works until tomorrow");
  expect(on("2026-11-22")).toBe("Works until today");
  expect(on("2026-11-21")).toBe("Expired");
});

test("the secret of a link stands behind the hash, where no server sees it", () => {
  const link = new URL(invitationLink("board", "invitation", "secret"));
  expect(link.pathname).toBe("/join/board/invitation");
  expect(link.hash).toBe("#secret");
  expect(link.search).toBe("");
});

test("an address has something on both sides of its at sign", () => {
  expect(["a@b", "bo@example.org"].every(isAddress)).toBe(true);
  expect(["bo", "@b", "a@", "a b@c", ""].some(isAddress)).toBe(false);
});
