import { useState } from "react";

import type { CheckIn, Id } from "../../../protocol/records";
import { useCheckIns, useKeyResults } from "../../../sync/hooks";
import { Section } from "../../../ui/layout/Section";
import styles from "./CheckInHistory.module.css";
import { CheckInItem } from "./CheckInItem";

const SHOWN_AT_FIRST = 10;

/** All that was said about a goal, newest first. */
export function CheckInHistory({ boardId, goalId }: { boardId: Id; goalId: Id }) {
  const checkIns = useCheckIns(boardId, goalId);
  const keyResults = useKeyResults(boardId, goalId);
  const [isWhole, setWhole] = useState(false);
  if (checkIns.length === 0) return null;
  const newest = [...checkIns].reverse();
  const shown = isWhole ? newest : newest.slice(0, SHOWN_AT_FIRST);
  const keyResultOf = (checkIn: CheckIn) => keyResults.find(({ id }) => id === checkIn.key_result_id);
  return (
    <Section title="Check-ins" count={checkIns.length}>
      <ol className={styles.list}>
        {shown.map((checkIn) => (
          <CheckInItem key={checkIn.id} boardId={boardId} checkIn={checkIn} keyResult={keyResultOf(checkIn)} />
        ))}
      </ol>
      {shown.length < newest.length && (
        <button type="button" className={styles.more} onClick={() => setWhole(true)}>
          Show {newest.length - shown.length} older
        </button>
      )}
    </Section>
  );
}
