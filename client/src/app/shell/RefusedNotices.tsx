import { useMemo } from "react";
import { useStore } from "react-redux";
import { useLocation, useNavigate } from "react-router";

import { useBoard, useNotices, useSync } from "../../sync/hooks";
import { selectBoard } from "../../sync/selectors";
import type { Notice as Refusal, RootState } from "../../sync/state";
import { Notice } from "../../ui/feedback/Notice";
import { NoticeStack } from "../../ui/feedback/NoticeStack";
import { Button } from "../../ui/inputs/Button";
import { paths } from "../paths";
import styles from "./RefusedNotices.module.css";
import { refusalWords, writtenIn } from "./refusalWords";

/** Of one reason so many are told by name; the rest is counted. */
const NAMED = 3;

/** What one reason on one board kept from being done. */
interface Refused {
  board_id: string;
  why: string;
  acts: RefusedAct[];
}

interface RefusedAct {
  id: string;
  what: string;
  /** The text that would be lost with it. */
  written: string | null;
}

/** Refusals for the same reason are told together: offline work that is refused comes back as a heap. */
function useRefused(refusals: readonly Refusal[]): readonly Refused[] {
  const store = useStore<RootState>();
  return useMemo(() => {
    const groups = new Map<string, Refused>();
    for (const refusal of refusals) {
      const { what, why } = refusalWords(refusal, selectBoard(store.getState(), refusal.board_id)?.title);
      const key = `${refusal.board_id} ${why}`;
      const group = groups.get(key) ?? { board_id: refusal.board_id, why, acts: [] };
      group.acts.push({ id: refusal.id, what, written: writtenIn(refusal.command) });
      groups.set(key, group);
    }
    return [...groups.values()];
  }, [refusals, store]);
}

function RefusedWords({ act: { what, written } }: { act: RefusedAct }) {
  return (
    <div className={styles.act} dir="auto">
      <strong>{what}</strong>
      {written !== null && <blockquote className={styles.written}>{written}</blockquote>}
    </div>
  );
}

function RefusedNotice({ board_id, why, acts }: Refused) {
  const sync = useSync();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const board = useBoard(board_id);
  const address = paths.board(board_id);
  const rest = acts.length - NAMED;
  return (
    <Notice
      tone="bad"
      action={
        <>
          {board && pathname !== address && (
            <Button variant="text" onClick={() => void navigate(address)}>
              Open board
            </Button>
          )}
          <Button onClick={() => acts.forEach(({ id }) => sync.tryAgain(id))}>
            Try again
          </Button>
          <Button onClick={() => acts.forEach(({ id }) => sync.dismissNotice(id))}>
            Discard
          </Button>
        </>
      }
    >
      {acts.slice(0, NAMED).map((act) => (
        <RefusedWords key={act.id} act={act} />
      ))}
      {rest > 0 && (
        <details>
          <summary className={styles.more}>{rest === 1 ? "1 more was not done." : `${rest} more were not done.`}</summary>
          {acts.slice(NAMED).map((act) => (
            <RefusedWords key={act.id} act={act} />
          ))}
        </details>
      )}
      {why}
    </Notice>
  );
}

/** What was asked and will not be done: says so, why, and where to look. Stays until it is read. */
export function RefusedNotices() {
  const refused = useRefused(useNotices());
  if (refused.length === 0) return null;
  return (
    <NoticeStack label="Changes that were not made">
      {refused.map((group) => (
        <RefusedNotice key={`${group.board_id} ${group.why}`} {...group} />
      ))}
    </NoticeStack>
  );
}
