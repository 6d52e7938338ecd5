import type { AnyRecord, Id } from "../protocol/records";
import type { FakeServer } from "./fakeServer";
import { makeBoard, makeTask } from "./records";
import { homeOf } from "./tab";

/** The id of the board that `addSharedBoard` makes. */
export const BOARD = "shared";
const AT = "2026-11-22T10:00:00.000Z";

/** A board of Ada and Bo with one task, `t1`, and the personal boards of those who will open tabs. */
export function addSharedBoard(server: FakeServer, ...accountIds: readonly Id[]): void {
  const members = ["ada", "bo"].map((id): AnyRecord => ({ type: "member", id, name: id, color: 0, role: "editor", joined_at: AT }));
  server.addBoard(BOARD, [...makeBoard(BOARD), ...members, makeTask("t1", { title: "Run" })]);
  accountIds.forEach((id) => server.addBoard(id, homeOf(id, BOARD)));
}
