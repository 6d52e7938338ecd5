import type { ReactNode } from "react";

import styles from "./Fieldset.module.css";

interface FieldsetProps {
  label: string;
  /** The label is only spoken. */
  quiet?: boolean;
  children: ReactNode;
}

/** Inputs that answer one question, with the question above them. */
export function Fieldset({ label, quiet = false, children }: FieldsetProps) {
  return (
    <fieldset className={styles.fieldset}>
      <legend className={quiet ? "visually-hidden" : styles.label}>{label}</legend>
      {children}
    </fieldset>
  );
}
