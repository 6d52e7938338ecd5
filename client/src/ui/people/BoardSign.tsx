import type { Id } from "../../protocol/records";
import styles from "./BoardSign.module.css";
import { firstCharacter } from "./initials";
import { personStyle } from "./personColor";

/** A board's colour follows from the last digits of its id (a UUID, so hexadecimal), so that it is the same on every device. */
export function boardColor(boardId: Id): number {
  return Number.parseInt(boardId.slice(-2), 16) % 8;
}

interface BoardSignProps {
  board: { id: Id; title: string };
  size?: 16 | 20 | 24 | 32;
}

/** A board in one square: its letter and colour. The title stands beside it. */
export function BoardSign({ board, size = 20 }: BoardSignProps) {
  return (
    <span
      className={styles.sign}
      style={{ ...personStyle(boardColor(board.id)), width: size, height: size, fontSize: Math.round(size * 0.55) }}
      aria-hidden
    >
      {firstCharacter(board.title.trim()).toLocaleUpperCase()}
    </span>
  );
}
