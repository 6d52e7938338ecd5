import { MonitorSmartphone } from "lucide-react";
import { useCallback, useEffect, useState } from "react";

import type { DeviceSession } from "../../../protocol/http";
import { useReplicas, useSync } from "../../../sync/hooks";
import { Notice } from "../../../ui/feedback/Notice";
import { SkeletonRows } from "../../../ui/feedback/SkeletonRows";
import { showToast } from "../../../ui/feedback/toasts";
import { Button } from "../../../ui/inputs/Button";
import { accountTrouble } from "../accountWords";
import { DeviceBoards } from "./DeviceBoards";
import { SettingsPart } from "./SettingsPart";
import { standingOf } from "./deviceStanding";
import styles from "./settings.module.css";
import { sinceWords, standingWords } from "./standingWords";

/** Devices say where they are every few seconds; so often it is read while somebody looks. */
const READ_EVERY_MS = 10_000;

/** Where I am signed in, and whether my boards are up to date there; each other device can be signed out from here. */
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
  useEffect(() => {
    void read();
    const timer = setInterval(() => void read(), READ_EVERY_MS);
    return () => clearInterval(timer);
  }, [read]);
  const replicas = useReplicas();
  const now = new Date();

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
                {device.current ? <span className={styles.here}>This device</span> : `Seen ${sinceWords(device.last_seen_at, now)}`}{" "}
                · {device.ip}
              </div>
              <Standing device={device} now={now} replicas={replicas} />
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

interface StandingProps {
  device: DeviceSession;
  now: Date;
  replicas: ReturnType<typeof useReplicas>;
}

/** Whether a device has what I have, and on request of which board up to where. */
function Standing({ device, now, replicas }: StandingProps) {
  const standing = standingOf(device, replicas);
  const words = standingWords(standing, now);
  if (words === null) return null;
  return (
    <details className={styles.standing}>
      <summary className={standing.kind === "behind" ? styles.behind : undefined}>{words}</summary>
      <DeviceBoards device={device} now={now} replicas={replicas} />
    </details>
  );
}
