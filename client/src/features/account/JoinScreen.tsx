import { useEffect, useState } from "react";
import { useLocation, useNavigate, useParams } from "react-router";

import type { InvitationPreview } from "../../protocol/http";
import { useAccount, useBoardStatus, useSync } from "../../sync/hooks";
import { Notice } from "../../ui/feedback/Notice";
import { Skeleton } from "../../ui/feedback/Skeleton";
import { Button, ButtonLink } from "../../ui/inputs/Button";
import { boardPaths } from "../../ui/layout/boardPaths";
import { AccountPage } from "./AccountPage";
import styles from "./AccountPage.module.css";
import { accountTrouble } from "./accountWords";
import { roleWords } from "./roleWords";
import { useSubmit } from "./useSubmit";

/** What is known of the invitation that the address names. */
type Known =
  | { status: "asking" }
  | { status: "invited"; preview: InvitationPreview }
  | { status: "trouble"; words: string };

/** The page behind an invitation's link: says who asks me where, and lets me in. */
export default function JoinScreen() {
  const { board_id = "", invitation_id = "" } = useParams();
  const location = useLocation();
  const token = location.hash.slice(1);
  const sync = useSync();
  const account = useAccount();
  const status = useBoardStatus(board_id);
  const navigate = useNavigate();
  const [known, setKnown] = useState<Known>({ status: "asking" });
  const { isSending, trouble, submit } = useSubmit();

  useEffect(() => {
    let isCurrent = true;
    sync.api.previewInvitation({ board_id, invitation_id, token }).then(
      (preview) => isCurrent && setKnown({ status: "invited", preview }),
      (error: unknown) => isCurrent && setKnown({ status: "trouble", words: accountTrouble(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [sync, board_id, invitation_id, token]);

  const accept = () =>
    submit(async () => {
      const outcome = await sync.sendCommand({ type: "invitation.accept", board_id, invitation_id, token });
      if (outcome.status === "refused") setKnown({ status: "trouble", words: outcome.message });
      else await navigate(boardPaths.board(board_id), { replace: true });
    });

  if (account.status === "signed_in" && status === "ready") {
    return (
      <AccountPage title="You are in already" lead="You belong to this board.">
        <div className={styles.form}>
          <ButtonLink to={boardPaths.board(board_id)} variant="contained" color="accent" size="large">
            Open the board
          </ButtonLink>
        </div>
      </AccountPage>
    );
  }
  if (known.status === "trouble") {
    return (
      <AccountPage title="This invitation does not work" lead={known.words}>
        <div className={styles.form}>
          <ButtonLink to="/today" size="large">
            Go to Lockstep
          </ButtonLink>
        </div>
      </AccountPage>
    );
  }
  if (known.status === "asking") {
    return (
      <AccountPage title="An invitation" lead={<Skeleton width={220} height={16} />}>
        <div className={styles.form} />
      </AccountPage>
    );
  }
  const { board_title, invited_by, role } = known.preview;
  return (
    <AccountPage
      title={board_title}
      lead={
        <>
          {invited_by} asks you to join this board {roleWords(role)}.
        </>
      }
    >
      <div className={styles.form}>
        {trouble !== null && <Notice tone="bad">{trouble}</Notice>}
        {account.status === "signed_in" ? (
          <Button variant="contained" color="accent" size="large" loading={isSending} onClick={() => void accept()}>
            Join as {account.account.name}
          </Button>
        ) : (
          <>
            <ButtonLink to="/sign-up" state={{ back: location }} variant="contained" color="accent" size="large">
              Make an account and join
            </ButtonLink>
            <ButtonLink to="/sign-in" state={{ back: location }} size="large">
              I have an account
            </ButtonLink>
          </>
        )}
      </div>
    </AccountPage>
  );
}
