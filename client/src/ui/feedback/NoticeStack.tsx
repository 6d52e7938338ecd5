import type { ReactNode } from "react";

import styles from "./NoticeStack.module.css";

/** Notices above each other, which scroll when they would take more than half of the screen. */
export function NoticeStack({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <section className={styles.notices} aria-label={label}>
      {children}
    </section>
  );
}
