import OutlinedInput from "@mui/material/OutlinedInput";
import { useId, type ReactNode } from "react";

import { Material } from "../theme/Material";
import styles from "./Field.module.css";
import { focusOnOpen } from "./focusOnOpen";

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  type?: "text" | "email" | "password" | "number" | "date";
  placeholder?: string;
  /** What helps to fill it in. */
  hint?: ReactNode;
  /** What is wrong, and what to do. */
  error?: string | null;
  autoComplete?: string;
  max_length?: number;
  /** Takes the focus when it appears (not under a finger, where it would bring up the keyboard). */
  focused?: boolean;
  /** What stands at the end, inside. */
  end?: ReactNode;
  onBlur?: () => void;
}

/** One line to fill in, with its label above it and its help below. */
export function Field(props: FieldProps) {
  const { label, value, onChange, type = "text", hint, error = null } = props;
  const id = useId();
  const helpId = `${id}-help`;
  const help = error ?? hint;
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <Material>
        <OutlinedInput
          id={id}
          value={value}
          type={type}
          fullWidth
          placeholder={props.placeholder}
          error={error !== null}
          autoComplete={props.autoComplete}
          inputRef={props.focused ? focusOnOpen : undefined}
          endAdornment={props.end}
          inputProps={{ maxLength: props.max_length, "aria-describedby": help ? helpId : undefined, dir: "auto" }}
          onChange={(event) => onChange(event.target.value)}
          onBlur={props.onBlur}
        />
      </Material>
      {help && (
        <div id={helpId} className={error === null ? styles.hint : styles.error}>
          {help}
        </div>
      )}
    </div>
  );
}
