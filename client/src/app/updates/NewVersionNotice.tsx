import { useContext, useState, useSyncExternalStore } from "react";

import { useConnection, useSync } from "../../sync/hooks";
import { Notice } from "../../ui/feedback/Notice";
import { Button } from "../../ui/inputs/Button";
import styles from "./NewVersionNotice.module.css";
import { VersionContext } from "./versionContext";

/** Offers the new version. It comes when the person says so, and what still waits to be sent is kept. */
export function NewVersionNotice() {
  const version = useContext(VersionContext);
  const isNewReady = useSyncExternalStore(version.subscribe, version.isNewReady);
  const connection = useConnection();
  const sync = useSync();
  const [isReloading, setReloading] = useState(false);
  const isOutdated = connection.kind === "stopped" && connection.reason === "outdated";
  if (!isNewReady && !isOutdated) return null;

  const reload = async () => {
    setReloading(true);
    await sync.kept();
    await version.reload();
  };
  return (
    <div className={styles.notice}>
      <Notice
        tone={isOutdated ? "warn" : "info"}
        action={
          <Button disabled={isReloading} onClick={() => void reload()}>
            Reload
          </Button>
        }
      >
        {isOutdated ? "This version is too old for the server. Nothing is sent until you reload." : "A new version is ready."}
      </Notice>
    </div>
  );
}
