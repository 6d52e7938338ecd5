import { weakMapMemoize } from "@reduxjs/toolkit";

import type { Board, Id, Role } from "../protocol/records";
import { selectAccountId } from "./selectors";
import type { Replica, RootState } from "./state";

/** A board that I belong to and whose copy is here. */
export interface BoardListEntry {
  readonly board: Board;
  readonly role: Role | null;
}

/** "loading" until the first copy is here; "absent": no such board for me. */
export type BoardStatus = "loading" | "ready" | "absent";

const entry = weakMapMemoize((board: Board, role: Role | null): BoardListEntry => ({ board, role }));

function entryOf(replica: Replica, accountId: Id): BoardListEntry | null {
  const board = replica.visible.board[replica.board_id];
  return board === undefined ? null : entry(board, replica.visible.member[accountId]?.role ?? null);
}

/** My personal board first, then the others by title. Boards in the trash are left out. */
export function selectBoardList(state: RootState): readonly BoardListEntry[] {
  const accountId = selectAccountId(state);
  if (accountId === null) {
    return [];
  }
  return Object.values(state.sync.replicas)
    .map((replica) => entryOf(replica, accountId))
    .filter((known) => known !== null)
    .filter(({ board }) => board.deleted_at === null)
    .sort(personalThenTitle);
}

function personalThenTitle(a: BoardListEntry, b: BoardListEntry): number {
  if (a.board.kind !== b.board.kind) {
    return a.board.kind === "personal" ? -1 : 1;
  }
  return a.board.title.localeCompare(b.board.title) || (a.board.id < b.board.id ? -1 : 1);
}

export function selectBoardStatus(state: RootState, boardId: Id): BoardStatus {
  const replica = state.sync.replicas[boardId];
  if (replica !== undefined) {
    return replica.visible.board[boardId] === undefined ? "loading" : "ready";
  }
  const accountId = selectAccountId(state);
  const personal = accountId === null ? undefined : state.sync.replicas[accountId];
  if (accountId === null || personal === undefined || personal.epoch === null) {
    return "loading";
  }
  return personal.visible.membership[boardId] === undefined && boardId !== accountId ? "absent" : "loading";
}
