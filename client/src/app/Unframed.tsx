import { Outlet } from "react-router";

import { NewVersionNotice } from "./updates/NewVersionNotice";
import styles from "./updates/NewVersionNotice.module.css";

/** Around the screens without the frame: the offer of a new version, which the frame makes in a column of its own. */
export function Unframed() {
  return (
    <>
      <Outlet />
      <div className={styles.outside}>
        <NewVersionNotice />
      </div>
    </>
  );
}
