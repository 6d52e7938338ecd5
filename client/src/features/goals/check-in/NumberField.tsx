import { Minus, Plus } from "lucide-react";
import { useId, type KeyboardEvent } from "react";

import styles from "./NumberField.module.css";
import { readNumber, steppedValue, suggestedText } from "./checkInValue";

interface NumberFieldProps {
  label: string;
  unit: string;
  text: string;
  onChange: (text: string) => void;
  step: number;
  /** What helps, such as the last value. */
  hint: string;
  /** What is wrong, and what to do. */
  error: string | null;
}

const selectAll = (field: HTMLInputElement | null) => {
  if (field === null || window.matchMedia("(pointer: coarse)").matches) return;
  field.focus();
  field.select();
};

/** A big number between two steppers: one press, or typed. Up and Down step, too. */
export function NumberField({ label, unit, text, onChange, step, hint, error }: NumberFieldProps) {
  const id = useId();
  const value = readNumber(text);
  const stepBy = (direction: 1 | -1) => onChange(suggestedText(steppedValue(value ?? 0, step, direction)));
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : null;
    if (direction === null) return;
    event.preventDefault();
    stepBy(direction);
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label} dir="auto">
        {label}
      </label>
      <div className={styles.line}>
        <button type="button" className={styles.step} aria-label={`Less by ${step}`} onClick={() => stepBy(-1)}>
          <Minus size={20} strokeWidth={1.75} aria-hidden />
        </button>
        <span className={styles.number}>
          <input
            ref={selectAll}
            id={id}
            className={styles.input}
            value={text}
            inputMode="decimal"
            autoComplete="off"
            aria-invalid={error !== null}
            aria-describedby={`${id}-help`}
            style={{ width: `${Math.max(2, text.length) + 1}ch` }}
            onChange={(event) => onChange(event.target.value)}
            onKeyDown={onKeyDown}
          />
          {unit !== "" && <span className={styles.unit}>{unit}</span>}
        </span>
        <button type="button" className={styles.step} aria-label={`More by ${step}`} onClick={() => stepBy(1)}>
          <Plus size={20} strokeWidth={1.75} aria-hidden />
        </button>
      </div>
      <p id={`${id}-help`} className={error === null ? styles.hint : styles.error} role={error === null ? undefined : "alert"}>
        {error ?? hint}
      </p>
    </div>
  );
}
