import { useCallback, useEffect, useState } from "react";
import { useStore } from "react-redux";

import type { Change } from "../../../protocol/messages";
import type { Id } from "../../../protocol/records";
import type { Api } from "../../../sync/api";
import { ApiError } from "../../../sync/apiError";
import { useAccountId, useConnection, useSync, useVisit } from "../../../sync/hooks";
import { selectRecords } from "../../../sync/selectors";
import type { RootState, Stretch, Visit } from "../../../sync/state";
import { awayEntries, type AwayEntry } from "./awayEntries";

/** Who looks away for less has not been away. */
const AWAY_MS = 3 * 60_000;
/** While somebody looks, up to where they have seen is kept this often: a tab may end without a word. */
const KEEP_EVERY_MS = 5_000;
const PAGE = 500;
/** More than this many pages are not read: nobody would. */
const MOST_PAGES = 4;

/** When this page began: what was kept before, is from before a reload. */
const OPENED_AT = Date.now();

function wasAway({ at }: Visit): boolean {
  return at < OPENED_AT || Date.now() - at >= AWAY_MS;
}

/** Whether there is something to read of the log. */
function isOwing(visit: Visit | undefined): visit is Visit {
  return visit !== undefined && (visit.missed !== undefined || wasAway(visit));
}

/** What was missed before the visit and not looked at since, and what came after it. */
async function readMissed(api: Pick<Api, "readChanges">, { board_id, epoch, seq, missed }: Visit): Promise<Change[]> {
  const changes: Change[] = [];
  const from = missed?.after_seq ?? seq;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await api.readChanges(board_id, { after: changes.at(-1)?.seq ?? from, limit: PAGE });
    if (page.epoch !== epoch) return [];
    changes.push(...page.changes);
    if (page.changes.length < PAGE) break;
  }
  return changes.filter((change) => change.seq <= (missed?.to_seq ?? seq) || change.seq > seq);
}

function stretchOf(changes: readonly Change[]): Stretch | null {
  const [first, last] = [changes[0], changes.at(-1)];
  return first === undefined || last === undefined ? null : { after_seq: first.seq - 1, to_seq: last.seq };
}

export interface Away {
  readonly entries: readonly AwayEntry[];
  /** Somebody has looked at them. */
  readonly read: () => void;
  readonly dismiss: () => void;
}

/**
 * What others did on a board since it was last looked at on this device; offered again after a reload until somebody has
 * looked at it. Empty without an absence, without a connection, and where the log no longer reaches back. Also keeps,
 * when the screen is left, up to where it was seen.
 */
export function useAway(boardId: Id): Away {
  const sync = useSync();
  const accountId = useAccountId();
  const store = useStore<RootState>();
  const isLive = useConnection().kind === "live";
  const visit = useVisit(boardId);
  const [since, setSince] = useState(visit);
  const [entries, setEntries] = useState<readonly AwayEntry[]>([]);
  const [missed, setMissed] = useState<Stretch | null>(null);

  // What was missed is not seen before it could be offered.
  const isOwed = isOwing(since);
  useEffect(() => {
    if (isOwed) return undefined;
    const leave = () => sync.leaveBoard(boardId, missed);
    const keep = () => {
      const { replicas, visits } = store.getState().sync;
      const kept = visits[boardId];
      const isKept = replicas[boardId]?.seq === kept?.seq && kept?.missed?.to_seq === missed?.to_seq;
      if (document.visibilityState === "visible" && !isKept) leave();
    };
    keep();
    const timer = setInterval(keep, KEEP_EVERY_MS);
    window.addEventListener("pagehide", leave);
    return () => {
      clearInterval(timer);
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [sync, store, boardId, isOwed, missed]);

  useEffect(() => {
    const onVisibility = () => {
      if (document.visibilityState === "visible") {
        const kept = store.getState().sync.visits[boardId];
        if (kept !== undefined && wasAway(kept)) setSince(kept);
      } else if (!isOwed) {
        sync.leaveBoard(boardId, missed);
      }
    };
    document.addEventListener("visibilitychange", onVisibility);
    return () => document.removeEventListener("visibilitychange", onVisibility);
  }, [sync, store, boardId, isOwed, missed]);

  useEffect(() => {
    if (!isLive || !isOwing(since)) return undefined;
    let isCurrent = true;
    readMissed(sync.api, since).then(
      (changes) => {
        if (!isCurrent) return;
        const told = awayEntries(changes, accountId, selectRecords(store.getState(), boardId));
        setSince(undefined);
        setEntries(told);
        setMissed(told.length === 0 ? null : stretchOf(changes));
      },
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        // The list is an offer; the board itself is up to date without it. A log that is trimmed will not come back.
        if (isCurrent && !error.isTransient) setSince(undefined);
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [sync, store, accountId, boardId, since, isLive]);

  const read = useCallback(() => setMissed(null), []);
  const dismiss = useCallback(() => {
    setMissed(null);
    setEntries([]);
  }, []);
  return { entries, read, dismiss };
}
