import type { Day } from "../../../protocol/records";
import { daysBetween } from "../../../sync/calendar";
import type { Tone } from "../../../ui/progress/ProgressRing";
import styles from "./Sparkline.module.css";
import { linear } from "./scales";
import type { Point } from "./series";

interface SparklineProps {
  /** Progress from 0 to 1, day by day. */
  series: readonly Point[];
  starts_on: Day | null;
  ends_on: Day | null;
  tone: Tone;
}

const WIDTH = 88;
const HEIGHT = 32;
const EDGE = 3;

/** How a goal went, in the size of a word: its line, the even pace, and the target above. Its words stand beside it. */
export function Sparkline({ series, starts_on, ends_on, tone }: SparklineProps) {
  const first = series[0]?.day;
  const last = series.at(-1)?.day;
  if (first === undefined || last === undefined) return null;
  const from = starts_on !== null && starts_on < first ? starts_on : first;
  const to = ends_on !== null && ends_on > last ? ends_on : last;
  const days = linear([0, Math.max(1, daysBetween(from, to))], [EDGE, WIDTH - EDGE]);
  const x = (day: Day) => days(daysBetween(from, day));
  const y = linear([0, 1], [HEIGHT - EDGE, EDGE]);
  const line = series.map(({ day, value }) => `${x(day).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  const now = series.at(-1);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} className={`${styles.spark} ${styles[tone]}`} aria-hidden>
      <line className={styles.target} x1={EDGE} x2={WIDTH - EDGE} y1={y(1)} y2={y(1)} />
      {starts_on !== null && ends_on !== null && (
        <line className={styles.pace} x1={x(starts_on)} y1={y(0)} x2={x(ends_on)} y2={y(1)} />
      )}
      <polyline className={styles.line} points={line} />
      {now && <circle className={styles.now} cx={x(now.day)} cy={y(now.value)} r="2.5" />}
    </svg>
  );
}
