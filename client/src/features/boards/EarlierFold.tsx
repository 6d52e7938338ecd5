import { ChevronRight } from "lucide-react";

import styles from "./EarlierFold.module.css";

interface EarlierFoldProps {
  count: number;
  isOpen: boolean;
  onToggle: () => void;
}

/** What was done before today, out of the way but one press away. */
export function EarlierFold({ count, isOpen, onToggle }: EarlierFoldProps) {
  return (
    <button type="button" className={styles.fold} aria-expanded={isOpen} onClick={onToggle}>
      <ChevronRight size={14} strokeWidth={1.75} aria-hidden className={isOpen ? styles.open : styles.closed} />
      {isOpen ? "Hide what was done earlier" : `${count} done earlier`}
    </button>
  );
}
