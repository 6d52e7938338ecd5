import styles from "./Skeleton.module.css";

interface SkeletonProps {
  /** In px or percent; the whole width there is, if it is not said. */
  width?: number | string;
  height: number;
  round?: boolean;
}

/** The place of something to come. */
export function Skeleton({ width, height, round = false }: SkeletonProps) {
  return <span className={`${styles.place} ${round ? styles.round : ""}`} style={{ width, height }} />;
}
