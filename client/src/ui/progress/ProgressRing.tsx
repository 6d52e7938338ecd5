import styles from "./progress.module.css";

export type Tone = "accent" | "good" | "warn" | "bad" | "quiet";

interface ProgressRingProps {
  /** From 0 to 1; more is drawn as full. */
  value: number;
  label: string;
  size?: number;
  stroke?: number;
  tone?: Tone;
  children?: React.ReactNode;
}

/** How much of something is done, as a ring that closes. */
export function ProgressRing({ value, label, size = 40, stroke = 4, tone = "accent", children }: ProgressRingProps) {
  const radius = (size - stroke) / 2;
  const around = 2 * Math.PI * radius;
  const part = Math.min(1, Math.max(0, value));
  return (
    <span
      className={styles.ring}
      style={{ width: size, height: size }}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(part * 100)}
    >
      <svg width={size} height={size} aria-hidden>
        <circle className={styles.ringTrack} cx={size / 2} cy={size / 2} r={radius} strokeWidth={stroke} />
        <circle
          className={`${styles.ringPart} ${styles[tone]}`}
          cx={size / 2}
          cy={size / 2}
          r={radius}
          strokeWidth={stroke}
          strokeDasharray={around}
          strokeDashoffset={around * (1 - part)}
          strokeLinecap={part > 0 ? "round" : "butt"}
          opacity={part > 0 ? 1 : 0}
        />
      </svg>
      {children !== undefined && <span className={styles.ringInside}>{children}</span>}
    </span>
  );
}
