import { Choice } from "../../../ui/inputs/Choice";
import { Field } from "../../../ui/inputs/Field";
import styles from "./KeyResultFields.module.css";
import type { DraftTrouble, KeyResultDraft } from "./keyResultDraft";

interface KeyResultFieldsProps {
  draft: KeyResultDraft;
  onChange: (draft: KeyResultDraft) => void;
  trouble: DraftTrouble | null;
  /** How it is measured is settled when it is made. */
  isNew: boolean;
  titlePlaceholder?: string;
}

const SOURCES = [
  { value: "manual", words: "A number I measure" },
  { value: "task_count", words: "Tasks done" },
] as const;

/** What is measured, from where to where. The target may be lower than the start. */
export function KeyResultFields({ draft, onChange, trouble, isNew, titlePlaceholder = "" }: KeyResultFieldsProps) {
  return (
    <div className={styles.fields}>
      <Field
        label="What is measured"
        value={draft.title}
        onChange={(title) => onChange({ ...draft, title })}
        placeholder={titlePlaceholder}
        max_length={500}
      />
      {isNew && (
        <Choice
          label="How"
          quiet
          options={SOURCES}
          value={draft.source}
          onChange={(source) => onChange({ ...draft, source, unit: draft.unit || (source === "task_count" ? "tasks" : "") })}
        />
      )}
      <div className={styles.numbers}>
        <Field label="From" value={draft.start} onChange={(start) => onChange({ ...draft, start })} error={trouble?.start ?? null} />
        <Field label="To" value={draft.target} onChange={(target) => onChange({ ...draft, target })} placeholder="20" error={trouble?.target ?? null} />
        <Field label="Unit" value={draft.unit} onChange={(unit) => onChange({ ...draft, unit })} placeholder="km" max_length={20} />
      </div>
    </div>
  );
}
