import { Check, CloudOff, RefreshCw, type LucideIcon } from "lucide-react";
import { useEffect, useState } from "react";

import { useStorage, useSync, useSyncStatus } from "../../sync/hooks";
import type { SyncStatus } from "../../sync/syncStatus";
import styles from "./SyncLine.module.css";
import { syncWords, UNKEPT_WORDS } from "./syncWords";

const ICONS: Record<SyncStatus["kind"], LucideIcon> = {
  saved: Check,
  saving: RefreshCw,
  offline: CloudOff,
  reconnecting: RefreshCw,
};

const WORTH_SAYING_MS: Record<SyncStatus["kind"], number> = { saved: 0, saving: 400, offline: 300, reconnecting: 1_200 };

/** The status, once it has lasted long enough to be worth reading: a save of 20 ms is not. */
export function useCalmStatus(): SyncStatus {
  const status = useSyncStatus();
  const [shown, setShown] = useState(status);
  useEffect(() => {
    const timer = setTimeout(() => setShown(status), shown.kind === status.kind ? 0 : WORTH_SAYING_MS[status.kind]);
    return () => clearTimeout(timer);
  }, [status, shown.kind]);
  return shown;
}

/** One honest, quiet line about where my changes are, and a second one where a reload would lose them. */
export function SyncLine() {
  const status = useCalmStatus();
  const storage = useStorage();
  const sync = useSync();
  const Icon = ICONS[status.kind];
  return (
    <div className={`${styles.line} ${styles[status.kind]}`}>
      <Icon size={16} strokeWidth={1.75} aria-hidden className={styles.icon} />
      <span role="status" className={styles.words}>
        {syncWords(status)}{" "}
        {storage !== "kept" && <span className={styles.unkept}>{UNKEPT_WORDS[storage]}</span>}
      </span>
      {status.kind === "reconnecting" && (
        <button type="button" className={styles.now} onClick={() => sync.reconnectNow()}>
          Try now
        </button>
      )}
    </div>
  );
}
