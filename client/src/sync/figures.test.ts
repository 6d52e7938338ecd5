import { describe, expect, it } from "vitest";

import type { Day, Source } from "../protocol/records";
import { readVectors } from "../testing/vectors";
import { dayAt } from "./calendar";
import { neededPerDay, pace } from "./pace";
import type { Pace } from "./pace";
import { currentValue, goalProgress, keyResultProgress } from "./progress";

interface ProgressVectors {
  key_results: {
    name: string;
    source: Source;
    start_value: number;
    target_value: number;
    current_value: number;
    done_linked_tasks: number;
    shown: number;
    progress: number;
  }[];
  goals: { name: string; key_results: number[]; progress: number | null }[];
}

interface PaceVectors {
  cases: { name: string; starts_on: Day | null; ends_on: Day | null; progress: number; today: Day; pace: Pace | null }[];
  needed_per_day: {
    name: string;
    target_value: number;
    current: number;
    today: Day;
    ends_on: Day | null;
    needed: number | null;
  }[];
}

interface DayVectors {
  cases: { name: string; instant: string; time_zone: string; day_start_hour: number; day: Day }[];
}

const progressVectors = readVectors<ProgressVectors>("progress.json");
const paceVectors = readVectors<PaceVectors>("pace.json");

describe("progress", () => {
  it.each(progressVectors.key_results)("$name", (vector) => {
    const shown = currentValue(vector, vector.done_linked_tasks);
    expect(shown).toBe(vector.shown);
    expect(keyResultProgress(vector, shown)).toBeCloseTo(vector.progress, 12);
  });

  it.each(progressVectors.goals)("$name", ({ key_results, progress }) => {
    expect(goalProgress(key_results)).toBe(progress);
  });
});

describe("pace", () => {
  it.each(paceVectors.cases)("$name", (vector) => {
    const found = pace(vector, vector.progress, vector.today);
    if (vector.pace === null) {
      expect(found).toBeNull();
    } else {
      expect(found).toEqual({ ...vector.pace, expected: expect.closeTo(vector.pace.expected, 12) as number });
    }
  });

  it.each(paceVectors.needed_per_day)("$name", ({ target_value, current, ends_on, today, needed }) => {
    expect(neededPerDay(target_value, current, ends_on, today)).toBe(needed);
  });
});

describe("the day somebody lives in", () => {
  it.each(readVectors<DayVectors>("day.json").cases)("$name", ({ instant, time_zone, day_start_hour, day }) => {
    expect(dayAt(new Date(instant), time_zone, day_start_hour)).toBe(day);
  });
});
