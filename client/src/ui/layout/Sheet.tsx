import { useEffect, useRef, useState, type ReactNode } from "react";

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
  const panel = useRef<HTMLElement>(null);
  // Asked while drawing: once the panel is there, something in it may have the focus already.
  const [opener] = useState(() => document.activeElement);
  const [isByKeyboard] = useState(() => opener?.matches(":focus-visible") === true);
  useEffect(() => {
    const takesFocus = isByKeyboard && panel.current?.contains(document.activeElement) === false;
    // Its name is read out, and the next Tab goes into it. Who points with a mouse keeps the focus on the page.
    if (takesFocus) panel.current?.focus({ preventScroll: true });
    return () => {
      // The panel is gone by now, and with it whatever in it had the focus.
      const isLost = document.activeElement === document.body;
      if (isLost && opener instanceof HTMLElement) opener.focus({ preventScroll: true });
    };
  }, [opener, isByKeyboard]);
  return (
    <aside ref={panel} tabIndex={-1} className={styles.panel} aria-label={label}>
      {children}
    </aside>
  );
}
