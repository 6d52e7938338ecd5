import { useId, type ReactNode } from "react";

import styles from "./settings.module.css";

interface SettingsPartProps {
  title: string;
  children: ReactNode;
}

export function SettingsPart({ title, children }: SettingsPartProps) {
  const id = useId();
  return (
    <section className={styles.part} aria-labelledby={id}>
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      <div className={styles.body}>{children}</div>
    </section>
  );
}
