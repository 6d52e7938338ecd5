import { describe, expect, test } from "vitest";

import { mayRemove, rolesToGive, rolesToInvite } from "./rights";

const ada = { id: "ada", role: "owner" } as const;
const bo = { id: "bo", role: "admin" } as const;
const cy = { id: "cy", role: "viewer" } as const;
const members = [ada, bo, cy];

describe("roles that may be given", () => {
  test("an owner gives any to others, and keeps the last ownership", () => {
    expect(rolesToGive("owner", cy, members)).toEqual(["viewer", "commenter", "editor", "admin", "owner"]);
    expect(rolesToGive("owner", ada, members)).toEqual([]);
    expect(rolesToGive("owner", ada, [...members, { id: "di", role: "owner" }])).toContain("editor");
  });

  test("an admin gives up to admin, and takes nothing from an owner", () => {
    expect(rolesToGive("admin", cy, members)).toEqual(["viewer", "commenter", "editor", "admin"]);
    expect(rolesToGive("admin", ada, members)).toEqual([]);
  });

  test("others give none", () => {
    expect(rolesToGive("editor", cy, members)).toEqual([]);
    expect(rolesToGive(null, cy, members)).toEqual([]);
  });
});

describe("removing", () => {
  test("everyone may leave but the last owner", () => {
    expect(mayRemove("viewer", "cy", cy, members)).toBe(true);
    expect(mayRemove("owner", "ada", ada, members)).toBe(false);
  });

  test("admins remove others up to their own role", () => {
    expect(mayRemove("admin", "bo", cy, members)).toBe(true);
    expect(mayRemove("admin", "bo", { id: "di", role: "owner" }, [...members, { id: "di", role: "owner" }])).toBe(false);
    expect(mayRemove("editor", "x", cy, members)).toBe(false);
  });
});

test("invitations carry a role up to admin, of admins only", () => {
  expect(rolesToInvite("owner")).toEqual(["viewer", "commenter", "editor", "admin"]);
  expect(rolesToInvite("editor")).toEqual([]);
});
