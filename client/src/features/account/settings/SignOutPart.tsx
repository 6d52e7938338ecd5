import Button from "@mui/material/Button";
import { LogOut } from "lucide-react";
import { useState } from "react";

import { useSync, useSyncStatus } from "../../../sync/hooks";
import { ConfirmDialog } from "../../../ui/layout/ConfirmDialog";
import { SettingsPart } from "./SettingsPart";
import styles from "./settings.module.css";

/** Signing out wipes this device; what has not reached the server would be lost, so it asks first. */
export function SignOutPart() {
  const sync = useSync();
  const status = useSyncStatus();
  const [isAsking, setAsking] = useState(false);
  const waiting = status.kind === "saved" ? 0 : status.waiting;
  return (
    <SettingsPart title="This device">
      <div className={styles.form}>
        <Button
          startIcon={<LogOut size={16} strokeWidth={1.75} />}
          onClick={() => (waiting > 0 ? setAsking(true) : void sync.signOut())}
        >
          Sign out
        </Button>
      </div>
      <p className={styles.note}>Your tasks are removed from this device and stay safe on the server.</p>
      {isAsking && (
        <ConfirmDialog
          title="Sign out and lose changes?"
          confirm="Sign out"
          onConfirm={() => void sync.signOut()}
          onClose={() => setAsking(false)}
        >
          {waiting === 1 ? "1 change has" : `${waiting} changes have`} not reached the server yet. Signing out now drops{" "}
          {waiting === 1 ? "it" : "them"}.
        </ConfirmDialog>
      )}
    </SettingsPart>
  );
}
