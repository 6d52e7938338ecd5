import { useEffect, type ReactNode } from "react";

import styles from "./Page.module.css";

interface PageProps {
  title: string;
  /** Stands in the title's place, such as the title as a field. */
  heading?: ReactNode;
  /** What stands before the title, such as a board's letter. */
  sign?: ReactNode;
  /** A quiet line under the title. */
  subtitle?: ReactNode;
  /** What can be done here, at the right of the title. */
  actions?: ReactNode;
  /** Lists are held to reading width; boards use all there is. */
  width?: "reading" | "full";
  children: ReactNode;
}

/** A screen: one title, its actions, its content. Names the browser tab. */
export function Page({ title, heading = title, sign, subtitle, actions, width = "reading", children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Lockstep`;
  }, [title]);
  return (
    <main className={`${styles.page} ${width === "full" ? styles.full : styles.reading}`} id="main" tabIndex={-1}>
      <header className={styles.header}>
        {sign}
        <div className={styles.titles}>
          <h1 className={styles.title} dir="auto">
            {heading}
          </h1>
          {subtitle !== undefined && <div className={styles.subtitle}>{subtitle}</div>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </main>
  );
}
