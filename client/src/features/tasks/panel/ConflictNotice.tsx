import type { Id } from "../../../protocol/records";
import { useArrival, useMember } from "../../../sync/hooks";
import { Notice } from "../../../ui/feedback/Notice";
import { Button } from "../../../ui/inputs/Button";
import styles from "./TaskPanel.module.css";

interface ConflictNoticeProps {
  board_id: Id;
  task_id: Id;
  field: "title" | "notes";
  theirs: string;
  onKeep: () => void;
  onTake: () => void;
}

const SHOWN_LENGTH = 120;

/** Two people wrote the same field at once: mine stays unless I take theirs, and neither is lost in silence. */
export function ConflictNotice({ board_id, task_id, field, theirs, onKeep, onTake }: ConflictNoticeProps) {
  const arrival = useArrival(task_id);
  const name = useMember(board_id, arrival?.by ?? null)?.name ?? "Somebody else";
  const shown = theirs.length > SHOWN_LENGTH ? `${theirs.slice(0, SHOWN_LENGTH)}…` : theirs;
  return (
    <Notice
      tone="warn"
      action={
        <>
          <Button onClick={onKeep}>
            Keep mine
          </Button>
          <Button onClick={onTake}>
            Take theirs
          </Button>
        </>
      }
    >
      {name} changed the {field} while you wrote. Theirs is:
      <q className={styles.theirs} dir="auto">
        {shown === "" ? "(empty)" : shown}
      </q>
    </Notice>
  );
}
