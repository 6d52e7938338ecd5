import styles from "./OfflineBar.module.css";
import { SyncLine, useCalmStatus } from "./SyncLine";

/** On a phone the line of the rail is only there when there is something to say. */
export function OfflineBar() {
  const { kind } = useCalmStatus();
  if (kind === "saved" || kind === "saving") return null;
  return (
    <div className={styles.bar}>
      <SyncLine />
    </div>
  );
}
