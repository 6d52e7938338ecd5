import { useState } from "react";

import { useAccount, useSync } from "../../../sync/hooks";
import { Notice } from "../../../ui/feedback/Notice";
import { showToast } from "../../../ui/feedback/toasts";
import { Button } from "../../../ui/inputs/Button";
import { PasswordField } from "../PasswordField";
import { PASSWORD_MIN_LENGTH } from "../passwordStrength";
import { useSubmit } from "../useSubmit";
import { SettingsPart } from "./SettingsPart";
import styles from "./settings.module.css";

export function PasswordPart() {
  const sync = useSync();
  const account = useAccount();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const { isSending, trouble, submit } = useSubmit();
  const isReady = current !== "" && next.length >= PASSWORD_MIN_LENGTH;
  const known = account.status === "signed_in" ? [...account.account.name.split(/\s+/), account.account.email] : [];
  return (
    <SettingsPart title="Password">
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isReady) return;
          void submit(async () => {
            await sync.api.changePassword({ current_password: current, new_password: next });
            setCurrent("");
            setNext("");
            showToast("Password changed. Your other devices were signed out.");
          });
        }}
      >
        {trouble !== null && <Notice tone="bad">{trouble}</Notice>}
        <PasswordField label="Current password" value={current} onChange={setCurrent} />
        <PasswordField label="New password" value={next} onChange={setNext} judge={{ known }} />
        <Button type="submit" loading={isSending} disabled={!isReady}>
          Change password
        </Button>
      </form>
    </SettingsPart>
  );
}
