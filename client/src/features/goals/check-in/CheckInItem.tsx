import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";

import type { CheckIn, Id, KeyResult } from "../../../protocol/records";
import { useAccountId, useMay, useMember } from "../../../sync/hooks";
import { ActionMenu } from "../../../ui/actions/ActionMenu";
import { useToday } from "../../../ui/days/calendarContext";
import { dayWords } from "../../../ui/days/dayWords";
import { useSendWithUndo } from "../../../ui/feedback/useSendWithUndo";
import { Avatar } from "../../../ui/people/Avatar";
import { personStyle } from "../../../ui/people/personColor";
import { useArrivalColor } from "../../../ui/people/useArrivalColor";
import { HealthMark } from "../HealthMark";
import { amountWords, numberWords } from "../goalWords";
import { CheckInEditSheet } from "./CheckInEditSheet";
import styles from "./CheckInHistory.module.css";

interface CheckInItemProps {
  boardId: Id;
  checkIn: CheckIn;
  /** What it measured; absent when it measured nothing, or that is gone. */
  keyResult: KeyResult | undefined;
}

/** One check-in: who, when, what changed, how it stands, and the note. */
export function CheckInItem({ boardId, checkIn, keyResult }: CheckInItemProps) {
  const today = useToday();
  const author = useMember(boardId, checkIn.created_by) ?? { id: checkIn.created_by, name: "Former member", color: 7 };
  const color = useArrivalColor(boardId, checkIn.id);
  const [isEditing, setEditing] = useState(false);
  const { value, previous_value, note, health, for_day } = checkIn;
  return (
    <li className={`${styles.item} ${color === null ? "" : styles.changed}`} style={color === null ? undefined : personStyle(color)}>
      <Avatar person={author} size={24} decorative />
      <div className={styles.body}>
        <div className={styles.head}>
          <strong>{author.name}</strong>
          <time dateTime={for_day}>{dayWords(for_day, today)}</time>
          {health !== null && <HealthMark health={health} />}
        </div>
        {value !== null && (
          <p className={styles.value}>
            <strong>{amountWords(value, keyResult?.unit ?? "")}</strong>
            {previous_value !== null && value !== previous_value && (
              <span className={styles.delta}>
                {value > previous_value ? "+" : ""}
                {numberWords(value - previous_value)}
              </span>
            )}
            {keyResult && (
              <span className={styles.of} dir="auto">
                {keyResult.title}
              </span>
            )}
          </p>
        )}
        {note !== "" && (
          <p className={styles.note} dir="auto">
            {note}
          </p>
        )}
      </div>
      <CheckInMenu boardId={boardId} checkIn={checkIn} onEdit={() => setEditing(true)} />
      {isEditing && (
        <CheckInEditSheet boardId={boardId} checkIn={checkIn} keyResult={keyResult} onClose={() => setEditing(false)} />
      )}
    </li>
  );
}

function CheckInMenu({ boardId, checkIn, onEdit }: { boardId: Id; checkIn: CheckIn; onEdit: () => void }) {
  const accountId = useAccountId();
  const mayDelete = useMay(boardId, "check_in.delete");
  const sendWithUndo = useSendWithUndo();
  if (!mayDelete) return null;

  const onCheckIn = { board_id: boardId, check_in_id: checkIn.id };
  const remove = () => {
    sendWithUndo({ type: "check_in.delete", ...onCheckIn }, "Check-in deleted", { type: "check_in.restore", ...onCheckIn });
  };
  return (
    <ActionMenu
      label="Actions for this check-in"
      actions={[
        checkIn.created_by === accountId && { icon: Pencil, words: "Edit", act: onEdit },
        { icon: Trash2, words: "Delete", act: remove },
      ]}
    />
  );
}
