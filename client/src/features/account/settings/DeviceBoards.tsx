import type { DeviceSession } from "../../../protocol/http";
import type { useReplicas } from "../../../sync/hooks";
import styles from "./settings.module.css";
import { sinceWords } from "./standingWords";

interface DeviceBoardsProps {
  device: DeviceSession;
  now: Date;
  replicas: ReturnType<typeof useReplicas>;
}

/** Up to which change a device has each of my boards, and when it said so. */
export function DeviceBoards({ device, now, replicas }: DeviceBoardsProps) {
  const said = new Map(device.confirmed.map((position) => [position.board_id, position]));
  const boards = Object.values(replicas).filter(({ epoch }) => epoch !== null);
  return (
    <ul className={styles.positions}>
      {boards.map(({ board_id, epoch, seq, visible }) => {
        const position = said.get(board_id);
        const has = position?.epoch === epoch ? position : undefined;
        return (
          <li key={board_id}>
            <span dir="auto">{visible.board[board_id]?.title ?? "A board"}</span>
            <span>
              {has === undefined
                ? "not there yet"
                : `change ${has.seq} of ${Math.max(seq, has.seq)} · ${sinceWords(has.at, now)}`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
