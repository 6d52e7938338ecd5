import { useRef, useState, type PointerEvent } from "react";

import type { Day } from "../../../protocol/records";
import { daysBetween } from "../../../sync/calendar";
import { useToday } from "../../../ui/days/calendarContext";
import { dayWords } from "../../../ui/days/dayWords";
import { ChartTable } from "./ChartTable";
import styles from "./GoalChart.module.css";
import { clippedEnd, dayDomain, dayTicks, linear, nearestPoint, valueTicks, type ChartInput } from "./scales";
import type { Point } from "./series";
import { useWidth } from "./useWidth";

interface GoalChartProps extends Omit<ChartInput, "today"> {
  /** What is drawn, as a title for screen readers. */
  title: string;
  /** What it says, in a sentence. */
  summary: string;
  /** How a value is written. */
  words: (value: number) => string;
}

const HEIGHT = 220;
const MARGIN = { top: 20, right: 12, bottom: 24, left: 44 };
const WIDTH_BEFORE = 640;
const PIXELS_PER_DAY_LABEL = 110;

/** How it went, day by day: what was measured, the target, the even pace towards it, and where it leads. */
export function GoalChart({ title, summary, words, ...data }: GoalChartProps) {
  const today = useToday();
  const figure = useRef<HTMLDivElement>(null);
  const width = useWidth(figure, WIDTH_BEFORE);
  const [pointed, setPointed] = useState<Point | null>(null);
  const input: ChartInput = { ...data, today };
  const { series, start_value, target_value, starts_on, ends_on, forecast_on } = input;

  const [first, last] = dayDomain(input);
  const right = width - MARGIN.right;
  const bottom = HEIGHT - MARGIN.bottom;
  const days = linear([0, daysBetween(first, last)], [MARGIN.left, right]);
  const x = (day: Day) => days(daysBetween(first, day));
  const values = valueTicks(input, 4);
  const y = linear([values[0] ?? 0, values.at(-1) ?? 1], [bottom, MARGIN.top]);

  const now = series.at(-1);
  const end = now && forecast_on !== null ? clippedEnd(now, { day: forecast_on, value: target_value }, last) : null;
  const line = series.map(({ day, value }) => `${x(day).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  const labels = dayTicks(first, last, Math.max(2, Math.floor(width / PIXELS_PER_DAY_LABEL)));

  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect();
    setPointed(nearestPoint(series, x, event.clientX - left));
  };

  return (
    <figure className={styles.figure}>
      <div ref={figure} className={styles.paper}>
        <svg
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={`${title}. ${summary}`}
          onPointerMove={onPointerMove}
          onPointerLeave={() => setPointed(null)}
        >
          {values.map((value) => (
            <g key={value}>
              <line className={styles.grid} x1={MARGIN.left} x2={right} y1={y(value)} y2={y(value)} />
              <text className={styles.label} x={MARGIN.left - 8} y={y(value)} textAnchor="end" dominantBaseline="middle">
                {words(value).split("\u00a0")[0]}
              </text>
            </g>
          ))}
          {labels.map((day, index) => (
            <text
              key={day}
              className={styles.label}
              x={x(day)}
              y={HEIGHT - 6}
              textAnchor={index === 0 ? "start" : index === labels.length - 1 ? "end" : "middle"}
            >
              {dayWords(day, today)}
            </text>
          ))}
          {today > first && today < last && (
            <line className={styles.today} x1={x(today)} x2={x(today)} y1={MARGIN.top} y2={bottom} />
          )}
          {starts_on !== null && ends_on !== null && (
            <line className={styles.pace} x1={x(starts_on)} y1={y(start_value)} x2={x(ends_on)} y2={y(target_value)} />
          )}
          <line className={styles.target} x1={MARGIN.left} x2={right} y1={y(target_value)} y2={y(target_value)} />
          {now && end && <line className={styles.forecast} x1={x(now.day)} y1={y(now.value)} x2={x(end.day)} y2={y(end.value)} />}
          <polyline className={styles.line} points={line} />
          {series.map(({ day, value }) => (
            <circle key={day} className={styles.dot} cx={x(day)} cy={y(value)} r={3} />
          ))}
          {pointed && <PointedAt point={pointed} words={words} x={x(pointed.day)} y={y(pointed.value)} width={width} />}
        </svg>
      </div>
      <figcaption className={styles.legend}>
        <span className={styles.keyLine}>Measured</span>
        <span className={styles.keyTarget}>Target {words(target_value)}</span>
        {starts_on !== null && ends_on !== null && <span className={styles.keyPace}>Even pace</span>}
        {end && forecast_on !== null && <span className={styles.keyForecast}>Forecast {dayWords(forecast_on, today)}</span>}
        <ChartTable title={title} series={series} words={words} />
      </figcaption>
    </figure>
  );
}

interface PointedAtProps {
  point: Point;
  words: (value: number) => string;
  x: number;
  y: number;
  width: number;
}

function PointedAt({ point, words, x, y, width }: PointedAtProps) {
  const today = useToday();
  const anchor = x < 80 ? "start" : x > width - 80 ? "end" : "middle";
  return (
    <g aria-hidden>
      <circle className={styles.pointed} cx={x} cy={y} r={5} />
      <text className={styles.value} x={x} y={Math.max(12, y - 12)} textAnchor={anchor}>
        {words(point.value)} · {dayWords(point.day, today)}
      </text>
    </g>
  );
}
