import { Link2, Mail, X } from "lucide-react";

import type { Id, Invitation } from "../../protocol/records";
import { useMay, useSendCommand } from "../../sync/hooks";
import { useToday } from "../../ui/days/calendarContext";
import { showToast } from "../../ui/feedback/toasts";
import { IconButton } from "../../ui/inputs/IconButton";
import styles from "./SharingPanel.module.css";
import { expiryWords } from "./expiryWords";
import { roleNames } from "./roleWords";

/** An invitation that waits to be accepted: for whom, until when, and a way to take it back. */
export function PendingInvitation({ boardId, invitation }: { boardId: Id; invitation: Invitation }) {
  const today = useToday();
  const mayRevoke = useMay(boardId, "invitation.revoke");
  const send = useSendCommand();
  const name = invitation.email ?? "Open link";
  const Icon = invitation.email === null ? Link2 : Mail;

  const revoke = () => {
    void send({ type: "invitation.revoke", board_id: boardId, invitation_id: invitation.id });
    showToast("Invitation revoked. Its link no longer works.");
  };
  return (
    <li className={styles.line}>
      <span className={styles.envelope}>
        <Icon size={16} strokeWidth={1.75} aria-hidden />
      </span>
      <div className={styles.who}>
        <div className={styles.name}>{name}</div>
        <div className={styles.detail}>{expiryWords(invitation.expires_at, today)}</div>
      </div>
      <span className={styles.role}>{roleNames[invitation.role]}</span>
      {mayRevoke && <IconButton icon={X} label={`Revoke the invitation: ${name}`} onClick={revoke} />}
    </li>
  );
}
