/** A key result while it is being written down: texts as typed, and what they mean. */

import type { KeyResult, Source } from "../../../protocol/records";
import { readNumber, suggestedText } from "../check-in/checkInValue";

export interface KeyResultDraft {
  readonly title: string;
  readonly source: Source;
  readonly start: string;
  readonly target: string;
  readonly unit: string;
}

export const NEW_DRAFT: KeyResultDraft = { title: "", source: "manual", start: "0", target: "", unit: "" };

export function draftOf(keyResult: KeyResult): KeyResultDraft {
  const { title, source, unit, start_value, target_value } = keyResult;
  return { title, source, unit, start: suggestedText(start_value), target: suggestedText(target_value) };
}

/** Nothing was typed yet. */
export function isUntouched(draft: KeyResultDraft): boolean {
  return draft.title.trim() === "" && draft.target.trim() === "" && draft.unit.trim() === "";
}

/** What is wrong, by field, in words that say what to do. */
export interface DraftTrouble {
  readonly start: string | null;
  readonly target: string | null;
}

export function troubleOf(draft: KeyResultDraft): DraftTrouble | null {
  const start = readNumber(draft.start);
  const target = readNumber(draft.target);
  const trouble = {
    start: start === null ? "Type a number." : null,
    target: target === null ? "Type a number." : target === start ? "Must differ from the start." : null,
  };
  return trouble.start === null && trouble.target === null ? null : trouble;
}

/** The draft as numbers; a missing title is that of the goal. Only of a draft without trouble. */
export function meant(draft: KeyResultDraft, fallbackTitle: string) {
  return {
    title: draft.title.trim() || fallbackTitle,
    source: draft.source,
    start_value: readNumber(draft.start) ?? 0,
    target_value: readNumber(draft.target) ?? 0,
    unit: draft.unit.trim(),
  };
}
