import { useStorage } from "../../sync/hooks";
import styles from "./OfflineBar.module.css";
import { SyncLine, useCalmStatus } from "./SyncLine";

/** Where there is no room for the rail's line: said only when there is something to say. */
export function OfflineBar() {
  const { kind } = useCalmStatus();
  const isKept = useStorage() === "kept";
  const isConnected = kind === "saved" || kind === "saving";
  if (isConnected && isKept) return null;
  return (
    <div className={`${styles.bar} ${isConnected ? styles.quiet : ""}`}>
      <SyncLine />
    </div>
  );
}
