import { useAccount } from "../../sync/hooks";
import { NewVersionNotice } from "./NewVersionNotice";
import styles from "./NewVersionNotice.module.css";

/** The offer on screens without the frame; the frame has its own, in one column with all else that it says. */
export function OutsideVersionNotice() {
  const { status } = useAccount();
  if (status === "signed_in") return null;
  return (
    <div className={styles.outside}>
      <NewVersionNotice />
    </div>
  );
}
