import { CircleAlert, CircleCheck, Info, TriangleAlert, type LucideIcon } from "lucide-react";
import { useRef, type ReactNode } from "react";

import styles from "./Notice.module.css";
import { useSayOver } from "./spokenOver";

type NoticeTone = "info" | "good" | "warn" | "bad";

const ICONS: Record<NoticeTone, LucideIcon> = { info: Info, good: CircleCheck, warn: TriangleAlert, bad: CircleAlert };

interface NoticeProps {
  tone: NoticeTone;
  children: ReactNode;
  /** A way out. */
  action?: ReactNode;
}

/** A sentence that stays: what is so or was not done, why, and what to do now. Trouble is spoken at once. */
export function Notice({ tone, children, action }: NoticeProps) {
  const Icon = ICONS[tone];
  const words = useRef<HTMLDivElement>(null);
  useSayOver(words);
  return (
    <div className={`${styles.notice} ${styles[tone]}`} role={tone === "bad" ? "alert" : "status"}>
      <Icon size={16} strokeWidth={1.75} aria-hidden className={styles.icon} />
      <div ref={words} className={styles.text}>
        {children}
      </div>
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
