import { useId } from "react";

import type { Health } from "../../../protocol/records";
import { Fieldset } from "../../../ui/inputs/Fieldset";
import { HEALTH_ICONS } from "../HealthMark";
import { HEALTHS, healthWords } from "../goalWords";
import styles from "./HealthChoice.module.css";

interface HealthChoiceProps {
  /** Null: nothing is said. */
  value: Health | null;
  onChange: (health: Health | null) => void;
}

/** How it stands, in three words. Pressing the chosen one takes it back. */
export function HealthChoice({ value, onChange }: HealthChoiceProps) {
  const name = useId();
  return (
    <Fieldset label="How does it stand?">
      <div className={styles.options}>
        {HEALTHS.map((health) => {
          const Icon = HEALTH_ICONS[health];
          return (
            <label key={health} className={`${styles.option} ${styles[health]}`}>
              <input
                type="radio"
                className="visually-hidden"
                name={name}
                checked={value === health}
                onChange={() => onChange(health)}
                onClick={() => {
                  if (value === health) onChange(null);
                }}
              />
              <Icon size={18} strokeWidth={1.75} aria-hidden />
              {healthWords[health]}
            </label>
          );
        })}
      </div>
    </Fieldset>
  );
}
