import styles from "./OfflineBar.module.css";
import { SyncLine, useCalmStatus } from "./SyncLine";

/** Where there is no room for the rail's line: said only when there is something to say. */
export function OfflineBar() {
  const { kind } = useCalmStatus();
  if (kind === "saved" || kind === "saving") return null;
  return (
    <div className={styles.bar}>
      <SyncLine />
    </div>
  );
}
