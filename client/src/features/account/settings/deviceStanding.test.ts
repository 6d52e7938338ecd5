import { describe, expect, test } from "vitest";

import type { DeviceSession } from "../../../protocol/http";
import { standingOf } from "./deviceStanding";
import { standingWords } from "./standingWords";

const MONDAY = "2026-11-16T08:00:00.000Z";
const NOON = "2026-11-22T12:00:00.000Z";
const NOW = new Date("2026-11-22T12:02:00.000Z");

const device = (...confirmed: DeviceSession["confirmed"]): DeviceSession => ({
  id: "d",
  device_name: "Phone",
  created_at: MONDAY,
  last_seen_at: NOON,
  ip: "192.0.2.1",
  current: false,
  confirmed,
});
const said = (board_id: string, seq: number, at = NOON, epoch = "e") => ({ board_id, epoch, seq, at });
const known = { a: { epoch: "e", seq: 10 }, b: { epoch: "e", seq: 20 } };

const words = (one: DeviceSession) => standingWords(standingOf(one, known), NOW);

describe("how far a device is", () => {
  test("up to date, and when it said so", () => {
    expect(words(device(said("a", 10, MONDAY), said("b", 20)))).toBe("Up to date, 2 min ago");
  });

  test("ahead of this device is up to date, too", () => {
    expect(words(device(said("a", 11), said("b", 20)))).toBe("Up to date, 2 min ago");
  });

  test("behind by so many changes over all boards, since it last had the oldest", () => {
    expect(words(device(said("a", 3, MONDAY), said("b", 13)))).toBe("14 changes behind since 16 Nov");
  });

  test("one change is one change", () => {
    expect(words(device(said("a", 10), said("b", 19)))).toBe("1 change behind for 2 min");
  });

  test("a board that it has not fetched yet cannot be counted", () => {
    expect(words(device(said("a", 10)))).toBe("1 board behind for 2 min");
    expect(words(device(said("a", 10), said("b", 20, NOON, "before the restore")))).toBe("1 board behind for 2 min");
  });

  test("nothing is claimed of a device that said nothing", () => {
    expect(words(device())).toBeNull();
    expect(words(device(said("a board that I have left", 4)))).toBeNull();
  });
});
