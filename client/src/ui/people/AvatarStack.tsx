import { Avatar, type Person } from "./Avatar";
import styles from "./Avatar.module.css";

interface AvatarStackProps {
  people: readonly (Person & { here?: boolean })[];
  size?: 20 | 24 | 32;
  /** How many discs are drawn; the rest are counted. */
  limit?: number;
}

export function AvatarStack({ people, size = 24, limit = 3 }: AvatarStackProps) {
  const shown = people.length > limit ? people.slice(0, limit - 1) : people;
  const rest = people.slice(shown.length);
  return (
    <span className={styles.stack}>
      {shown.map((person) => (
        <Avatar key={person.id} person={person} size={size} here={person.here ?? false} />
      ))}
      {rest.length > 0 && (
        <span
          className={styles.more}
          style={{ height: size, minWidth: size }}
          role="img"
          aria-label={`and ${rest.map(({ name }) => name).join(", ")}`}
        >
          +{rest.length}
        </span>
      )}
    </span>
  );
}
