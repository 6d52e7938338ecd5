import { useEffect, useRef } from "react";

import styles from "./DropLine.module.css";

interface DropLineProps {
  between?: "rows" | "lists";
  /** Brings the line into view; a pointer is there already. */
  reveals?: boolean;
}

/** The line that says where it would land. */
export function DropLine({ between = "rows", reveals = false }: DropLineProps) {
  const line = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (reveals) line.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [reveals]);
  return <span ref={line} className={between === "rows" ? styles.row : styles.list} data-drop-line aria-hidden />;
}
