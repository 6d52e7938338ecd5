import { useEffect, useRef } from "react";

import type { Id } from "../../../protocol/records";
import styles from "./DropLine.module.css";
import { useListLine } from "./dragContext";

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

/** The line between lists, if the lifted one would land before this one (null: after the last). It alone is drawn anew as a list moves. */
export function ListLine({ before }: { before: Id | null }) {
  return useListLine(before) ? <DropLine between="lists" reveals /> : null;
}
