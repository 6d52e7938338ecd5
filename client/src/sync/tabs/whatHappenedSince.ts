import type { UnknownAction } from "@reduxjs/toolkit";

import type { Snapshot } from "../../protocol/http";
import type { AnyRecord, Id } from "../../protocol/records";
import { connectionChanged, presenceReceived, snapshotReceived } from "../actions";
import { positionOf } from "../boardWatch";
import type { Position } from "../boardWatch";
import type { Replica, SyncState } from "../state";

/** What brings a tab that stands at these positions to where this one is. */
export function whatHappenedSince(
  { connection, replicas, people }: Pick<SyncState, "connection" | "replicas" | "people">,
  positions: Readonly<Record<Id, Position | null>>,
): readonly UnknownAction[] {
  const moved = Object.values(replicas).filter((replica) => isElsewhere(positions[replica.board_id] ?? null, positionOf(replica)));
  return [
    connectionChanged(connection),
    ...moved.map((replica) => snapshotReceived(snapshotOf(replica))),
    ...Object.entries(people).map(([board_id, ofBoard]) => presenceReceived({ board_id, people: ofBoard })),
  ];
}

/** Where this tab has nothing itself, there is nothing to tell. */
function isElsewhere(theirs: Position | null, mine: Position | null): boolean {
  return mine !== null && (theirs?.epoch !== mine.epoch || theirs.seq !== mine.seq);
}

function snapshotOf({ board_id, epoch, seq, confirmed }: Replica): Snapshot {
  const records = Object.values(confirmed).flatMap((ofType) => Object.values(ofType) as AnyRecord[]);
  return { board_id, epoch: epoch ?? "", seq, records };
}
