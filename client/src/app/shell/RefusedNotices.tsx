import Button from "@mui/material/Button";
import { useNavigate } from "react-router";

import { useBoard, useNotices, useSync } from "../../sync/hooks";
import type { Notice as Refusal } from "../../sync/state";
import { Notice } from "../../ui/feedback/Notice";
import { paths } from "../paths";
import styles from "./RefusedNotices.module.css";
import { refusalWords } from "./refusalWords";

function RefusedNotice({ refusal }: { refusal: Refusal }) {
  const sync = useSync();
  const navigate = useNavigate();
  const board = useBoard(refusal.board_id);
  const { what, why } = refusalWords(refusal, board?.title);
  return (
    <Notice
      tone="bad"
      action={
        <>
          {board && (
            <Button size="small" variant="text" onClick={() => void navigate(paths.board(refusal.board_id))}>
              Open board
            </Button>
          )}
          <Button size="small" onClick={() => sync.dismissNotice(refusal.id)}>
            Dismiss
          </Button>
        </>
      }
    >
      <strong>{what}</strong> {why}
    </Notice>
  );
}

/** What was asked and will not be done: says so, why, and where to look. Stays until it is read. */
export function RefusedNotices() {
  const refusals = useNotices();
  if (refusals.length === 0) return null;
  return (
    <section className={styles.notices} aria-label="Changes that were not made">
      {refusals.slice(-3).map((refusal) => (
        <RefusedNotice key={refusal.id} refusal={refusal} />
      ))}
      {refusals.length > 3 && <p className={styles.more}>and {refusals.length - 3} more</p>}
    </section>
  );
}
