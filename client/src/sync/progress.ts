/** How far goals are. The twin of tracker/progress.py; tests/vectors/progress.json runs against both. */

import type { KeyResult } from "../protocol/records";

/** What a key result shows now: what people measured, or its start and the linked tasks that are done. */
export function currentValue(
  keyResult: Pick<KeyResult, "source" | "start_value" | "current_value">,
  doneLinkedTasks: number,
): number {
  switch (keyResult.source) {
    case "manual":
      return keyResult.current_value;
    case "task_count":
      return keyResult.start_value + doneLinkedTasks;
  }
}

/** From 0 to 1, also for targets below the start. Start and target are never equal. */
export function keyResultProgress(keyResult: Pick<KeyResult, "start_value" | "target_value">, current: number): number {
  const share = (current - keyResult.start_value) / (keyResult.target_value - keyResult.start_value);
  return Math.min(1, Math.max(0, share));
}

/** The mean of its key results' progress; null for a goal without any. */
export function goalProgress(keyResults: readonly number[]): number | null {
  if (keyResults.length === 0) {
    return null;
  }
  return keyResults.reduce((sum, progress) => sum + progress, 0) / keyResults.length;
}
