import { useState } from "react";

import type { Goal } from "../../protocol/records";
import { pace } from "../../sync/pace";
import { useToday } from "../../ui/days/calendarContext";
import { dayWords } from "../../ui/days/dayWords";
import styles from "./GoalOverTime.module.css";
import { GoalChart } from "./chart/GoalChart";
import { amountWords, measureWords, paceWords, percentWords } from "./goalWords";
import type { GoalSeries, KeyResultSeries } from "./useGoalSeries";

const WHOLE = "whole";

/** The chart of a goal: of the whole, or of one of its key results. */
export function GoalOverTime({ goal, figures }: { goal: Goal; figures: GoalSeries }) {
  const { keyResults, progress, series } = figures;
  const [chosen, setChosen] = useState(WHOLE);
  const [only] = keyResults;
  if (progress === null || only === undefined) return null;
  const shown = keyResults.length === 1 ? only : keyResults.find(({ keyResult }) => keyResult.id === chosen);
  return (
    <section className={styles.section} aria-label="Over time">
      {keyResults.length > 1 && (
        <div className={styles.chips} role="radiogroup" aria-label="What the chart shows">
          {[{ id: WHOLE, title: "All together" }, ...keyResults.map(({ keyResult }) => keyResult)].map(({ id, title }) => {
            const isShown = id === (shown?.keyResult.id ?? WHOLE);
            return (
              <button key={id} type="button" role="radio" aria-checked={isShown} className={styles.chip} onClick={() => setChosen(id)} dir="auto">
                {title}
              </button>
            );
          })}
        </div>
      )}
      {shown === undefined ? (
        <Whole goal={goal} progress={progress} series={series} />
      ) : (
        <OneKeyResult key={shown.keyResult.id} goal={goal} shown={shown} />
      )}
    </section>
  );
}

function Whole({ goal, progress, series }: { goal: Goal; progress: number; series: GoalSeries["series"] }) {
  const today = useToday();
  return (
    <GoalChart
      title={`Progress of ${goal.title}`}
      summary={[percentWords(progress), paceWords(goal, progress, today)].filter((words) => words !== "").join(", ")}
      words={percentWords}
      series={series}
      start_value={0}
      target_value={1}
      starts_on={goal.starts_on}
      ends_on={goal.ends_on}
      forecast_on={pace(goal, progress, today)?.forecast_on ?? null}
    />
  );
}

function OneKeyResult({ goal, shown }: { goal: Goal; shown: KeyResultSeries }) {
  const today = useToday();
  const { keyResult, current, progress, series } = shown;
  const forecast = pace(goal, progress, today)?.forecast_on ?? null;
  const summary = [
    measureWords(keyResult, current),
    paceWords(goal, progress, today),
    forecast === null ? "" : `forecast for ${dayWords(forecast, today)}`,
  ];
  return (
    <GoalChart
      title={keyResult.title}
      summary={summary.filter((words) => words !== "").join(", ")}
      words={(value) => amountWords(value, keyResult.unit)}
      series={series}
      start_value={keyResult.start_value}
      target_value={keyResult.target_value}
      starts_on={goal.starts_on}
      ends_on={goal.ends_on}
      forecast_on={forecast}
    />
  );
}
