import { useEffect, useState } from "react";
import { useStore } from "react-redux";

import type { Change } from "../../../protocol/messages";
import type { Id } from "../../../protocol/records";
import type { Api } from "../../../sync/api";
import { ApiError } from "../../../sync/apiError";
import { useAccountId, useConnection, useSync, useVisit } from "../../../sync/hooks";
import { selectRecords } from "../../../sync/selectors";
import type { RootState, Visit } from "../../../sync/state";
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

async function readMissed(api: Pick<Api, "readChanges">, { board_id, epoch, seq }: Visit): Promise<Change[]> {
  const changes: Change[] = [];
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await api.readChanges(board_id, { after: changes.at(-1)?.seq ?? seq, limit: PAGE });
    if (page.epoch !== epoch) return [];
    changes.push(...page.changes);
    if (page.changes.length < PAGE) break;
  }
  return changes;
}

export interface Away {
  readonly entries: readonly AwayEntry[];
  readonly dismiss: () => void;
}

/**
 * What others did on a board since it was last looked at on this device. Empty without an absence, without a
 * connection, and where the log no longer reaches back. Also keeps, when the screen is left, up to where it was seen.
 */
export function useAway(boardId: Id): Away {
  const sync = useSync();
  const accountId = useAccountId();
  const store = useStore<RootState>();
  const isLive = useConnection().kind === "live";
  const visit = useVisit(boardId);
  const [since, setSince] = useState(visit);
  const [entries, setEntries] = useState<readonly AwayEntry[]>([]);

  // What was missed is not seen before it could be offered.
  const isOwed = since !== undefined && wasAway(since);
  useEffect(() => {
    if (isOwed) return undefined;
    const leave = () => sync.leaveBoard(boardId);
    const keep = () => {
      const { replicas, visits } = store.getState().sync;
      if (document.visibilityState === "visible" && replicas[boardId]?.seq !== visits[boardId]?.seq) leave();
    };
    keep();
    const timer = setInterval(keep, KEEP_EVERY_MS);
    window.addEventListener("pagehide", leave);
    return () => {
      clearInterval(timer);
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [sync, store, boardId, isOwed]);

  useEffect(() => {
    const onVisibility = () => {
      if (document.visibilityState === "visible") {
        setSince(store.getState().sync.visits[boardId]);
      } else if (!isOwed) {
        sync.leaveBoard(boardId);
      }
    };
    document.addEventListener("visibilitychange", onVisibility);
    return () => document.removeEventListener("visibilitychange", onVisibility);
  }, [sync, store, boardId, isOwed]);

  useEffect(() => {
    if (since === undefined || !isLive || !wasAway(since)) return undefined;
    let isCurrent = true;
    readMissed(sync.api, since).then(
      (changes) => {
        if (!isCurrent) return;
        setSince(undefined);
        setEntries(awayEntries(changes, accountId, selectRecords(store.getState(), boardId)));
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

  return { entries, dismiss: () => setEntries([]) };
}
