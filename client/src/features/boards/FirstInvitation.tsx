import { X } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";

import type { Board } from "../../protocol/records";
import { useInvitations, useMay, useMembers } from "../../sync/hooks";
import { Notice } from "../../ui/feedback/Notice";
import { IconButton } from "../../ui/inputs/IconButton";
import { boardPaths } from "../../ui/layout/boardPaths";
import styles from "./FirstInvitation.module.css";

const keyOf = (boardId: string): string => `lockstep.alone.${boardId}`;

/** On a shared board that is still nobody else's: a quiet hint to invite somebody, until it is answered. */
export function FirstInvitation({ board }: { board: Board }) {
  const members = useMembers(board.id);
  const invitations = useInvitations(board.id);
  const mayInvite = useMay(board.id, "invitation.create");
  const [isAlone, setAlone] = useState(() => localStorage.getItem(keyOf(board.id)) === "yes");
  if (board.kind !== "shared" || members.length !== 1 || invitations.length > 0 || !mayInvite || isAlone) return null;

  const stayAlone = () => {
    localStorage.setItem(keyOf(board.id), "yes");
    setAlone(true);
  };
  return (
    <div className={styles.hint}>
      <Notice
        tone="info"
        action={<IconButton icon={X} size={16} label="Not now" onClick={stayAlone} />}
      >
        Only you are here. <Link to={boardPaths.share(board.id)}>Invite people</Link>
      </Notice>
    </div>
  );
}
