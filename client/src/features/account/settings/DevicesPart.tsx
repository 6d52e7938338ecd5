import Button from "@mui/material/Button";
import { MonitorSmartphone } from "lucide-react";
import { useCallback, useEffect, useState } from "react";

import type { DeviceSession } from "../../../protocol/http";
import { useSync } from "../../../sync/hooks";
import { agoWords } from "../../../ui/days/dayWords";
import { Notice } from "../../../ui/feedback/Notice";
import { SkeletonRows } from "../../../ui/feedback/SkeletonRows";
import { showToast } from "../../../ui/feedback/toasts";
import { accountTrouble } from "../accountWords";
import { SettingsPart } from "./SettingsPart";
import styles from "./settings.module.css";

/** Where I am signed in; each other device can be signed out from here. */
export function DevicesPart() {
  const { api } = useSync();
  const [devices, setDevices] = useState<readonly DeviceSession[]>();
  const [trouble, setTrouble] = useState<string>();

  const read = useCallback(
    () =>
      api.readSessions().then(
        (found) => {
          setDevices(found);
          setTrouble(undefined);
        },
        (error: unknown) => setTrouble(accountTrouble(error)),
      ),
    [api],
  );
  useEffect(() => void read(), [read]);

  const end = async (device: DeviceSession) => {
    try {
      await api.endSession(device.id);
      showToast(`Signed out ${device.device_name}`);
    } catch (error) {
      setTrouble(accountTrouble(error));
      return;
    }
    await read();
  };

  return (
    <SettingsPart title="My devices">
      {trouble !== undefined && (
        <Notice tone="bad" action={<Button onClick={() => void read()}>Try again</Button>}>
          {trouble}
        </Notice>
      )}
      {devices === undefined && trouble === undefined && <SkeletonRows count={2} />}
      <ul>
        {devices?.map((device) => (
          <li key={device.id} className={styles.device}>
            <MonitorSmartphone size={20} strokeWidth={1.75} aria-hidden />
            <div className={styles.deviceWords}>
              <div className={styles.deviceName}>{device.device_name}</div>
              <div className={styles.note}>
                {device.current ? <span className={styles.here}>This device</span> : `Seen ${seen(device)}`}{" "}
                · {device.ip}
              </div>
            </div>
            {!device.current && (
              <Button onClick={() => void end(device)} aria-label={`Sign out ${device.device_name}`}>
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
    </SettingsPart>
  );
}

function seen({ last_seen_at }: DeviceSession): string {
  const words = agoWords(last_seen_at, new Date());
  return words === "now" ? "just now" : /min|h$/.test(words) ? `${words} ago` : words;
}
