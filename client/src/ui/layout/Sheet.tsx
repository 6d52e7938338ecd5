import { useEffect, useState, type ReactNode } from "react";

import { useGlobalKeys } from "../keys/useGlobalKeys";
import { BottomSheet } from "./BottomSheet";
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
    <BottomSheet name={{ "aria-label": label }} onClose={onClose}>
      {children}
    </BottomSheet>
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
