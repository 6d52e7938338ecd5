import { Skeleton } from "./Skeleton";
import styles from "./SkeletonRows.module.css";

const WIDTHS = ["62%", "44%", "71%", "53%", "38%", "66%", "49%"];

/** Rows to come, drawn only while nothing is local. */
export function SkeletonRows({ count = 6 }: { count?: number }) {
  return (
    <div role="status" aria-label="Loading" className={styles.rows}>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={styles.row}>
          <Skeleton round width={18} height={18} />
          <Skeleton height={12} width={WIDTHS[index % WIDTHS.length] ?? "50%"} />
        </div>
      ))}
    </div>
  );
}
