import { LogOut, UserRoundX } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";

import type { Id, Member } from "../../protocol/records";
import { useAccountId, useBoard, useMembers, usePresence, useRole, useSendCommand } from "../../sync/hooks";
import { IconButton } from "../../ui/inputs/IconButton";
import { ConfirmDialog } from "../../ui/layout/ConfirmDialog";
import { Avatar } from "../../ui/people/Avatar";
import { RolePicker } from "./RolePicker";
import styles from "./SharingPanel.module.css";
import { mayRemove, rolesToGive } from "./rights";

/** One person of the board: their role, changed here if I may, and their way out. */
export function MemberRow({ boardId, member }: { boardId: Id; member: Member }) {
  const accountId = useAccountId();
  const myRole = useRole(boardId);
  const board = useBoard(boardId);
  const members = useMembers(boardId);
  const isHere = usePresence(boardId).some(({ account_id }) => account_id === member.id);
  const send = useSendCommand();
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const isMe = member.id === accountId;
  const onMember = { board_id: boardId, member_id: member.id };

  const remove = () => {
    setAsking(false);
    void send({ type: "member.remove", ...onMember });
    if (isMe) void navigate("/boards");
  };
  return (
    <li className={styles.line}>
      <Avatar person={member} size={32} here={isHere && !isMe} decorative />
      <div className={styles.who}>
        <div className={styles.name} dir="auto">
          {member.name}
          {isMe && <span className={styles.detail}> (you)</span>}
        </div>
        {isHere && !isMe && <div className={styles.detail}>Here now</div>}
      </div>
      <RolePicker
        label={`Role of ${member.name}`}
        role={member.role}
        roles={rolesToGive(myRole, member, members)}
        onPick={(role) => void send({ type: "member.edit", ...onMember, role })}
      />
      {mayRemove(myRole, accountId, member, members) && (
        <IconButton
          icon={isMe ? LogOut : UserRoundX}
          label={isMe ? "Leave board" : `Remove ${member.name}`}
          onClick={() => setAsking(true)}
        />
      )}
      {isAsking && (
        <ConfirmDialog
          title={isMe ? `Leave “${board?.title ?? ""}”?` : `Remove ${member.name}?`}
          confirm={isMe ? "Leave board" : "Remove"}
          onConfirm={remove}
          onClose={() => setAsking(false)}
        >
          {isMe
            ? "It goes from all your devices. To come back you need a new invitation."
            : "The board goes from all their devices at once. What they did stays."}
        </ConfirmDialog>
      )}
    </li>
  );
}
