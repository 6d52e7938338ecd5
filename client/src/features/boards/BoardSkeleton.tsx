import { Skeleton } from "../../ui/feedback/Skeleton";
import { Page } from "../../ui/layout/Page";
import styles from "./BoardSkeleton.module.css";

const COLUMNS = [5, 3, 4];

/** A board to come, drawn only while nothing of it is on this device. */
export function BoardSkeleton() {
  return (
    <Page title="Board" heading={<Skeleton width={180} height={24} />} width="full">
      <div className={styles.columns} role="status" aria-label="Loading the board">
        {COLUMNS.map((cards, column) => (
          <div key={column} className={styles.column}>
            <Skeleton width={90} height={14} />
            {Array.from({ length: cards }, (_, card) => (
              <div key={card} className={styles.card}>
                <Skeleton height={(card + column) % 3 === 0 ? 44 : 72} />
              </div>
            ))}
          </div>
        ))}
      </div>
    </Page>
  );
}
