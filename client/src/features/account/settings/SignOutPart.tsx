import { LogOut } from "lucide-react";

import { Button } from "../../../ui/inputs/Button";
import { useSignOut } from "../sign-out/signOutContext";
import { SettingsPart } from "./SettingsPart";
import styles from "./settings.module.css";

export function SignOutPart() {
  const signOut = useSignOut();
  return (
    <SettingsPart title="This device">
      <div className={styles.form}>
        <Button startIcon={<LogOut size={16} strokeWidth={1.75} />} onClick={signOut}>
          Sign out
        </Button>
      </div>
      <p className={styles.note}>Your tasks are removed from this device and stay safe on the server.</p>
    </SettingsPart>
  );
}
