import { useBoard, useFaults, useSync } from "../../sync/hooks";
import type { Fault } from "../../sync/state";
import { Notice } from "../../ui/feedback/Notice";
import { Button } from "../../ui/inputs/Button";
import styles from "./LostValueNotices.module.css";

function FaultNotice({ fault }: { fault: Fault }) {
  const sync = useSync();
  const board = useBoard(fault.board_id);
  return (
    <Notice
      tone="warn"
      action={
        <Button onClick={() => sync.dismissFault(fault.board_id)}>
          Dismiss
        </Button>
      }
    >
      {board ? `“${board.title}”` : "A board"} was read afresh, because something that came for it could not be understood. Your own
      changes are kept.
    </Notice>
  );
}

/** Something went wrong here and was mended: it is said all the same. */
export function FaultNotices() {
  const faults = useFaults();
  if (faults.length === 0) return null;
  return (
    <section className={styles.notices} aria-label="Boards that were read afresh">
      {faults.map((fault) => (
        <FaultNotice key={fault.board_id} fault={fault} />
      ))}
    </section>
  );
}
