import { CircleAlert, CircleCheck, TriangleAlert, type LucideIcon } from "lucide-react";

import type { Health } from "../../protocol/records";
import styles from "./HealthMark.module.css";
import { healthWords } from "./goalWords";

export const HEALTH_ICONS: Record<Health, LucideIcon> = {
  on_track: CircleCheck,
  at_risk: TriangleAlert,
  off_track: CircleAlert,
};

/** How people say a goal stands: an icon, a word, and their colour. */
export function HealthMark({ health }: { health: Health }) {
  const Icon = HEALTH_ICONS[health];
  return (
    <span className={`${styles.mark} ${styles[health]}`}>
      <Icon size={14} strokeWidth={2} aria-hidden />
      {healthWords[health]}
    </span>
  );
}
