import { ChevronRight } from "lucide-react";
import { useId, useState, type ReactNode } from "react";

import styles from "./Section.module.css";

interface SectionProps {
  title: string;
  count?: number;
  tone?: "ink" | "bad";
  /** Folded sections open at a press; absent: it cannot be folded. */
  folded?: boolean;
  action?: ReactNode;
  children: ReactNode;
}

/** A titled part of a page. */
export function Section({ title, count, tone = "ink", folded, action, children }: SectionProps) {
  const [isOpen, setOpen] = useState(folded !== true);
  const id = useId();
  const words = (
    <>
      {title}
      {count !== undefined && <span className={styles.count}>{count}</span>}
    </>
  );
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id} className={`${styles.title} ${tone === "bad" ? styles.bad : ""}`}>
          {folded === undefined ? (
            words
          ) : (
            <button type="button" className={styles.fold} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              <ChevronRight size={16} strokeWidth={1.75} aria-hidden className={isOpen ? styles.open : styles.closed} />
              {words}
            </button>
          )}
        </h2>
        {action}
      </div>
      {isOpen && children}
    </section>
  );
}
