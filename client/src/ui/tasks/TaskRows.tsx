import type { ReactNode } from "react";

import styles from "./TaskRows.module.css";

/** Ground for rows: tells them how wide they are, so that they lay themselves out. */
export function TaskRows({ children, label }: { children: ReactNode; label: string }) {
  return (
    <div className={styles.rows} role="group" aria-label={label}>
      {children}
    </div>
  );
}
