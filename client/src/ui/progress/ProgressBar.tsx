import type { Tone } from "./ProgressRing";
import styles from "./progress.module.css";

interface ProgressBarProps {
  /** From 0 to 1; more is drawn as full. */
  value: number;
  label: string;
  tone?: Tone;
  /** Where it should be by now, from 0 to 1: drawn as a thin mark. */
  expected?: number | null;
  height?: 4 | 6 | 8;
}

export function ProgressBar({ value, label, tone = "accent", expected = null, height = 6 }: ProgressBarProps) {
  const part = Math.min(1, Math.max(0, value));
  return (
    <span
      className={styles.bar}
      style={{ height }}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(part * 100)}
    >
      <span className={`${styles.barPart} ${styles[tone]}`} style={{ width: `${part * 100}%` }} />
      {expected !== null && expected > 0 && expected < 1 && (
        <span className={styles.expected} style={{ left: `${expected * 100}%` }} />
      )}
    </span>
  );
}
