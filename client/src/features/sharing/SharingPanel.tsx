import { useNavigate, useParams } from "react-router";

import { useBoard, useInvitations, useMay, useMembers } from "../../sync/hooks";
import { atLeast } from "../../sync/roles";
import { ModalSheet } from "../../ui/layout/ModalSheet";
import { boardPaths } from "../../ui/layout/boardPaths";
import { InviteForm } from "./InviteForm";
import { MemberRow } from "./MemberRow";
import { PendingInvitation } from "./PendingInvitation";
import styles from "./SharingPanel.module.css";

/** Who belongs to the board and with which role, and how others get in: over the board, at an address of its own. */
export default function SharingPanel() {
  const { boardId = "" } = useParams();
  const board = useBoard(boardId);
  const members = [...useMembers(boardId)].sort((a, b) => Number(atLeast(b.role, a.role)) - Number(atLeast(a.role, b.role)));
  const invitations = useInvitations(boardId);
  const mayInvite = useMay(boardId, "invitation.create");
  const navigate = useNavigate();
  const close = () => void navigate(boardPaths.board(boardId));
  if (board?.kind !== "shared") return null;
  return (
    <ModalSheet title="Share" lead={<span dir="auto">{board.title}</span>} onClose={close}>
      <div className={styles.body}>
        {mayInvite && <InviteForm boardId={boardId} />}
        <section aria-labelledby="members">
          <h3 id="members" className={styles.head}>
            On this board <span className={styles.count}>{members.length}</span>
          </h3>
          <ul>
            {members.map((member) => (
              <MemberRow key={member.id} boardId={boardId} member={member} />
            ))}
          </ul>
        </section>
        {invitations.length > 0 && (
          <section aria-labelledby="invitations">
            <h3 id="invitations" className={styles.head}>
              Invited <span className={styles.count}>{invitations.length}</span>
            </h3>
            <ul>
              {invitations.map((invitation) => (
                <PendingInvitation key={invitation.id} boardId={boardId} invitation={invitation} />
              ))}
            </ul>
          </section>
        )}
      </div>
    </ModalSheet>
  );
}
