import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";

import { Field } from "../../ui/inputs/Field";
import { IconButton } from "../../ui/inputs/IconButton";
import { ProgressBar } from "../../ui/progress/ProgressBar";
import styles from "./PasswordField.module.css";
import { PASSWORD_MIN_LENGTH, passwordStrength } from "./passwordStrength";

interface PasswordFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** A new password is judged while it is typed. `known` are words that anybody would try first. */
  judge?: { known: readonly string[] };
  error?: string | null;
}

export function PasswordField({ label, value, onChange, judge, error = null }: PasswordFieldProps) {
  const [isShown, setShown] = useState(false);
  const strength = judge && value !== "" ? passwordStrength(value, judge.known) : null;
  const hint = strength ? (
    <span className={styles.strength}>
      <ProgressBar value={strength.value} tone={strength.tone} label="Strength" height={4} />
      <span>{strength.words}</span>
    </span>
  ) : (
    judge && `At least ${PASSWORD_MIN_LENGTH} characters. A few words are better than one odd one.`
  );
  return (
    <Field
      label={label}
      type={isShown ? "text" : "password"}
      value={value}
      onChange={onChange}
      autoComplete={judge ? "new-password" : "current-password"}
      hint={hint}
      error={error}
      end={
        <IconButton
          icon={isShown ? EyeOff : Eye}
          label={isShown ? "Hide password" : "Show password"}
          pressed={isShown}
          onClick={() => setShown(!isShown)}
        />
      }
    />
  );
}
