import { useId, type ReactNode } from "react";

import styles from "./Choice.module.css";
import { Fieldset } from "./Fieldset";

interface ChoiceProps<Value extends string> {
  label: string;
  options: readonly { value: Value; words: string; sign?: ReactNode }[];
  value: Value;
  onChange: (value: Value) => void;
  /** The label is only spoken. */
  quiet?: boolean;
}

/** One of a few, all in sight. */
export function Choice<Value extends string>({ label, options, value, onChange, quiet = false }: ChoiceProps<Value>) {
  const name = useId();
  return (
    <Fieldset label={label} quiet={quiet}>
      <div className={styles.options}>
        {options.map((option) => (
          <label key={option.value} className={styles.option}>
            <input
              type="radio"
              className="visually-hidden"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.sign}
            {option.words}
          </label>
        ))}
      </div>
    </Fieldset>
  );
}
