import Drawer from "@mui/material/Drawer";
import { useEffect, useState, type ReactNode } from "react";

import { useGlobalKeys } from "../keys/useGlobalKeys";
import styles from "./Sheet.module.css";
import { usePhone } from "./usePhone";

interface SheetProps {
  label: string;
  onClose: () => void;
  children: ReactNode;
}

/**
 * Something opened beside the page. On a desktop a panel that leaves the page in use and gives the focus back; on a phone a sheet over it, which
 * holds the focus until it is closed.
 */
export function Sheet({ label, onClose, children }: SheetProps) {
  const isPhone = usePhone();
  if (!isPhone) {
    return (
      <Panel label={label} onClose={onClose}>
        {children}
      </Panel>
    );
  }
  return (
    <Drawer
      open
      anchor="bottom"
      onClose={onClose}
      slotProps={{ paper: { className: styles.sheet ?? "", role: "dialog", "aria-modal": true, "aria-label": label } }}
    >
      <span className={styles.grip} aria-hidden />
      {children}
    </Drawer>
  );
}

function Panel({ label, onClose, children }: SheetProps) {
  useGlobalKeys({ Escape: onClose });
  // Asked while drawing: once the panel is there, something in it may have the focus already.
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const isLost = document.activeElement === document.body;
      if (isLost && opener instanceof HTMLElement) opener.focus({ preventScroll: true });
    },
    [opener],
  );
  return (
    <aside className={styles.panel} aria-label={label}>
      {children}
    </aside>
  );
}
