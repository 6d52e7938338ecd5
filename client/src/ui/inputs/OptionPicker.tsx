import { Check } from "lucide-react";
import { useState, type ReactNode } from "react";

import { Picker } from "./Picker";
import styles from "./Picker.module.css";
import { focusOnOpen } from "./focusOnOpen";

export interface Option<Value> {
  value: Value;
  words: string;
  /** What stands before the words. */
  sign?: ReactNode;
}

interface OptionPickerProps<Value> {
  label: string;
  options: readonly Option<Value>[];
  value: Value | null;
  anchor: HTMLElement | null;
  onPick: (value: Value) => void;
  onClose: () => void;
}

const WORTH_SEARCHING = 8;

/** Chooses one of several: a list, a role, a priority. Long lists can be searched. */
export function OptionPicker<Value extends string | number>(props: OptionPickerProps<Value>) {
  const { label, options, value, anchor, onPick, onClose } = props;
  const [words, setWords] = useState("");
  const shown = options.filter((option) => option.words.toLocaleLowerCase().includes(words.trim().toLocaleLowerCase()));
  const pick = (picked: Value) => {
    onPick(picked);
    onClose();
  };
  return (
    <Picker label={label} anchor={anchor} onClose={onClose}>
      {options.length > WORTH_SEARCHING && (
        <input
          className={styles.search}
          aria-label={`Search: ${label}`}
          placeholder="Search"
          value={words}
          ref={focusOnOpen}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            const [first] = shown;
            if (event.key === "Enter" && first) pick(first.value);
          }}
        />
      )}
      <div className={styles.list} role="radiogroup" aria-label={label}>
        {shown.map((option) => (
          <button
            key={option.value}
            type="button"
            role="radio"
            aria-checked={option.value === value}
            className={styles.option}
            onClick={() => pick(option.value)}
          >
            {option.sign}
            <span className={styles.grow} dir="auto">
              {option.words}
            </span>
            {option.value === value && <Check size={16} strokeWidth={2} aria-hidden />}
          </button>
        ))}
        {shown.length === 0 && <p className={styles.empty}>Nothing by that name.</p>}
      </div>
    </Picker>
  );
}
