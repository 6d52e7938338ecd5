import { useState } from "react";

import type { Id, Role } from "../../protocol/records";
import { useRole, useSendCommand } from "../../sync/hooks";
import { newId, newToken } from "../../sync/ids";
import { Notice } from "../../ui/feedback/Notice";
import { Button } from "../../ui/inputs/Button";
import { Field } from "../../ui/inputs/Field";
import styles from "./InviteForm.module.css";
import { NewLink } from "./NewLink";
import { RolePicker } from "./RolePicker";
import { invitationLink, isAddress } from "./invitationLink";
import { rolesToInvite } from "./rights";

type Made = { status: "none" } | { status: "made"; link: string; email: string | null } | { status: "refused"; words: string };

/** Makes an invitation: for one address, or open for whoever has the link. The link is shown here once and kept nowhere. */
export function InviteForm({ boardId }: { boardId: Id }) {
  const send = useSendCommand();
  const myRole = useRole(boardId);
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("editor");
  const [made, setMade] = useState<Made>({ status: "none" });
  const [isTried, setTried] = useState(false);
  const address = email.trim();
  const isWrong = address !== "" && !isAddress(address);

  const invite = () => {
    setTried(true);
    if (isWrong) return;
    const invitationId = newId();
    const token = newToken();
    const command = {
      type: "invitation.create",
      board_id: boardId,
      invitation_id: invitationId,
      role,
      token,
      email: address === "" ? null : address,
    } as const;
    setMade({ status: "made", link: invitationLink(boardId, invitationId, token), email: command.email });
    setEmail("");
    setTried(false);
    void send(command).then((outcome) => {
      if (outcome.status === "refused") setMade({ status: "refused", words: outcome.message });
    });
  };

  return (
    <form
      noValidate
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        invite();
      }}
    >
      <div className={styles.line}>
        <Field
          label="Invite people"
          type="email"
          value={email}
          onChange={setEmail}
          placeholder="Address, or leave empty"
          autoComplete="off"
          max_length={254}
          error={isTried && isWrong ? "This is no address. Leave it empty for an open link." : null}
          end={
            <span className={styles.role}>
              <RolePicker label="Role of the invited" role={role} roles={rolesToInvite(myRole)} onPick={setRole} />
            </span>
          }
        />
        <Button type="submit" variant="contained" color="accent" className={styles.send ?? ""}>
          {address === "" ? "Make link" : "Invite"}
        </Button>
      </div>
      {made.status === "made" && <NewLink link={made.link} email={made.email} />}
      {made.status === "refused" && <Notice tone="bad">The invitation was not made. {made.words}</Notice>}
    </form>
  );
}
