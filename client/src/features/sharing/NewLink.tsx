import { Check, Copy, Share2 } from "lucide-react";
import { useState } from "react";

import { useConnection } from "../../sync/hooks";
import { Button } from "../../ui/inputs/Button";
import styles from "./NewLink.module.css";

interface NewLinkProps {
  link: string;
  /** Whom it is for; null: whoever has it. */
  email: string | null;
}

/** A link that was just made: to copy, or to hand on with what the phone has for that. */
export function NewLink({ link, email }: NewLinkProps) {
  const [isCopied, setCopied] = useState(false);
  const isLive = useConnection().kind === "live";
  const mayShare = typeof navigator.share === "function";

  const copy = () => {
    void navigator.clipboard.writeText(link).then(() => setCopied(true));
  };
  const share = () => {
    // Rejects when the person closes the phone's sheet: nothing is to be done then.
    navigator.share({ title: "Join my board", url: link }).catch(() => undefined);
  };
  return (
    <div className={styles.made} role="status">
      <p className={styles.words}>
        {email === null ? "Whoever opens this link first can join." : `Send this link to ${email}.`} It is shown only once and works for
        14 days.{!isLive && " You are offline: it works once your changes are saved."}
      </p>
      <input
        className={styles.link}
        readOnly
        value={link}
        aria-label="Invitation link"
        onFocus={(event) => event.target.select()}
      />
      <div className={styles.actions}>
        <Button
          onClick={copy}
          startIcon={isCopied ? <Check size={16} strokeWidth={2} aria-hidden /> : <Copy size={16} strokeWidth={1.75} aria-hidden />}
        >
          {isCopied ? "Copied" : "Copy link"}
        </Button>
        {mayShare && (
          <Button onClick={share} startIcon={<Share2 size={16} strokeWidth={1.75} aria-hidden />}>
            Send…
          </Button>
        )}
      </div>
    </div>
  );
}
