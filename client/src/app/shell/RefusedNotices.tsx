import Button from "@mui/material/Button";
import { useMemo } from "react";
import { useStore } from "react-redux";
import { useLocation, useNavigate } from "react-router";

import { useBoard, useNotices, useSync } from "../../sync/hooks";
import { selectBoard } from "../../sync/selectors";
import type { Notice as Refusal, RootState } from "../../sync/state";
import { Notice } from "../../ui/feedback/Notice";
import { paths } from "../paths";
import styles from "./RefusedNotices.module.css";
import { refusalWords } from "./refusalWords";

/** Of one reason so many are told by name; the rest is counted. */
const NAMED = 3;

/** What one reason on one board kept from being done. */
interface Refused {
  board_id: string;
  why: string;
  what: string[];
  ids: string[];
}

/** Refusals for the same reason are told together: offline work that is refused comes back as a heap. */
function useRefused(refusals: readonly Refusal[]): readonly Refused[] {
  const store = useStore<RootState>();
  return useMemo(() => {
    const groups = new Map<string, Refused>();
    for (const refusal of refusals) {
      const { what, why } = refusalWords(refusal, selectBoard(store.getState(), refusal.board_id)?.title);
      const key = `${refusal.board_id} ${why}`;
      const group = groups.get(key) ?? { board_id: refusal.board_id, why, what: [], ids: [] };
      group.what.push(what);
      group.ids.push(refusal.id);
      groups.set(key, group);
    }
    return [...groups.values()];
  }, [refusals, store]);
}

function RefusedNotice({ board_id, why, what, ids }: Refused) {
  const sync = useSync();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const board = useBoard(board_id);
  const address = paths.board(board_id);
  const rest = what.length - NAMED;
  return (
    <Notice
      tone="bad"
      action={
        <>
          {board && pathname !== address && (
            <Button size="small" variant="text" onClick={() => void navigate(address)}>
              Open board
            </Button>
          )}
          <Button size="small" onClick={() => ids.forEach((id) => sync.dismissNotice(id))}>
            Dismiss
          </Button>
        </>
      }
    >
      {what.slice(0, NAMED).map((words, index) => (
        <strong key={ids[index]} className={styles.what} dir="auto">
          {words}
        </strong>
      ))}
      {rest > 0 && <strong className={styles.what}>{rest === 1 ? "1 more was not done." : `${rest} more were not done.`}</strong>}
      {why}
    </Notice>
  );
}

/** What was asked and will not be done: says so, why, and where to look. Stays until it is read. */
export function RefusedNotices() {
  const refused = useRefused(useNotices());
  if (refused.length === 0) return null;
  return (
    <section className={styles.notices} aria-label="Changes that were not made">
      {refused.map((group) => (
        <RefusedNotice key={`${group.board_id} ${group.why}`} {...group} />
      ))}
    </section>
  );
}
