import Skeleton from "@mui/material/Skeleton";

import { Page } from "../../ui/layout/Page";
import styles from "./BoardSkeleton.module.css";

const COLUMNS = [5, 3, 4];

/** A board to come, drawn only while nothing of it is on this device. */
export function BoardSkeleton() {
  return (
    <Page title="Board" heading={<Skeleton variant="rounded" width={180} height={24} />} width="full">
      <div className={styles.columns} role="status" aria-label="Loading the board">
        {COLUMNS.map((cards, column) => (
          <div key={column} className={styles.column}>
            <Skeleton variant="rounded" width={90} height={14} />
            {Array.from({ length: cards }, (_, card) => (
              <Skeleton key={card} variant="rounded" height={(card + column) % 3 === 0 ? 44 : 72} className={styles.card ?? ""} />
            ))}
          </div>
        ))}
      </div>
    </Page>
  );
}
