import { hint } from "../hints/hint";
import styles from "./Avatar.module.css";
import { initials } from "./initials";
import { personStyle, type PersonColor } from "./personColor";

export interface Person {
  id: string;
  name: string;
  color: PersonColor;
}

interface AvatarProps {
  person: Person;
  /** Diameter in pixels. */
  size?: 20 | 24 | 32 | 48 | 64;
  /** Draws a small dot: this person is here now. */
  here?: boolean;
  /** The name stands beside it already, so that screen readers need not hear it twice. */
  decorative?: boolean;
}

export function Avatar({ person, size = 24, here = false, decorative = false }: AvatarProps) {
  const label = here ? `${person.name}, here now` : person.name;
  return (
    <span
      className={styles.avatar}
      style={{ ...personStyle(person.color), width: size, height: size, fontSize: Math.max(9, Math.round(size * 0.4)) }}
      {...(decorative ? { "aria-hidden": true } : { role: "img", "aria-label": label, ...hint(label) })}
    >
      {initials(person.name)}
      {here && <span className={styles.here} />}
    </span>
  );
}
