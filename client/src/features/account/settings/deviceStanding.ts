import type { DeviceSession } from "../../../protocol/http";
import type { Id, Moment } from "../../../protocol/records";

/** A board as this device knows it. */
export interface KnownBoard {
  readonly epoch: Id | null;
  readonly seq: number;
}

/** How far another device has my boards, against what this one knows. */
export type Standing =
  /** It never said anything of a board that is known here. */
  | { readonly kind: "unknown" }
  | { readonly kind: "up_to_date"; readonly at: Moment }
  /** `changes` null: at least one board has begun another life of its log since, and is fetched anew. */
  | { readonly kind: "behind"; readonly changes: number | null; readonly boards: number; readonly since: Moment };

/**
 * Boards that a device has not said anything of count as wholly behind only once it has said something at all: an
 * older version says nothing.
 */
export function standingOf(device: DeviceSession, known: Readonly<Record<Id, KnownBoard>>): Standing {
  const said = new Map(device.confirmed.map((position) => [position.board_id, position]));
  const boards = Object.entries(known).filter(([, { epoch }]) => epoch !== null);
  const of = boards.flatMap(([boardId]) => said.get(boardId) ?? []);
  if (of.length === 0) {
    return { kind: "unknown" };
  }
  let changes: number | null = 0;
  let behind = 0;
  let since: Moment | null = null;
  for (const [boardId, { epoch, seq }] of boards) {
    const position = said.get(boardId);
    if (position?.epoch === epoch && position.seq >= seq) {
      continue;
    }
    behind += 1;
    changes = changes === null || position?.epoch !== epoch ? null : changes + seq - position.seq;
    if (position !== undefined && (since === null || position.at < since)) {
      since = position.at;
    }
  }
  const newest = of.map(({ at }) => at).sort().at(-1) ?? device.last_seen_at;
  return behind === 0
    ? { kind: "up_to_date", at: newest }
    : { kind: "behind", changes, boards: behind, since: since ?? newest };
}
