import Drawer from "@mui/material/Drawer";
import type { ReactNode } from "react";

import { SpokenOver } from "../feedback/SpokenOver";
import { Material } from "../theme/Material";
import styles from "./BottomSheet.module.css";

interface BottomSheetProps {
  /** Its name, as words or as the id of the element that says it. */
  name: { "aria-label": string } | { "aria-labelledby": string };
  onClose: () => void;
  children: ReactNode;
}

/** A sheet from below, over the page, under the thumb. Holds the focus until it is closed. */
export function BottomSheet({ name, onClose, children }: BottomSheetProps) {
  return (
    <Material>
      <Drawer
        open
        anchor="bottom"
        onClose={onClose}
        slotProps={{ paper: { className: styles.sheet ?? "", role: "dialog", "aria-modal": true, ...name } }}
      >
        <span className={styles.grip} aria-hidden />
        {children}
        <SpokenOver />
      </Drawer>
    </Material>
  );
}
