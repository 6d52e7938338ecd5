import { Skeleton } from "../../ui/feedback/Skeleton";
import { SkeletonRows } from "../../ui/feedback/SkeletonRows";
import styles from "./ScreenSkeleton.module.css";

/** A page to come: drawn while its code or its first data is on the way. */
export function ScreenSkeleton() {
  return (
    <main className={styles.page}>
      <Skeleton width={180} height={24} />
      <SkeletonRows />
    </main>
  );
}
