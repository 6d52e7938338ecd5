import Dialog from "@mui/material/Dialog";
import { X } from "lucide-react";
import { useId, type ReactNode } from "react";

import { SpokenOver } from "../feedback/SpokenOver";
import { IconButton } from "../inputs/IconButton";
import { Material } from "../theme/Material";
import { BottomSheet } from "./BottomSheet";
import styles from "./ModalSheet.module.css";
import { usePhone } from "./usePhone";

interface ModalSheetProps {
  title: string;
  /** A quiet line under the title. */
  lead?: ReactNode;
  /** Whether it has a cross: what has buttons of its own to leave needs none. */
  hasClose?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** Something short over the page: in its middle on a desktop, from below under a thumb. Holds the focus until closed. */
export function ModalSheet({ title, lead, hasClose = true, onClose, children }: ModalSheetProps) {
  const isPhone = usePhone();
  const id = useId();
  const content = (
    <>
      <header className={styles.head}>
        <div className={styles.titles}>
          <h2 id={id} className={styles.title}>
            {title}
          </h2>
          {lead !== undefined && <p className={styles.lead}>{lead}</p>}
        </div>
        {hasClose && <IconButton icon={X} label="Close" onClick={onClose} />}
      </header>
      {children}
    </>
  );
  if (!isPhone) {
    return (
      <Material>
        <Dialog open onClose={onClose} aria-labelledby={id} maxWidth={false} slotProps={{ paper: { className: styles.dialog ?? "" } }}>
          {content}
          <SpokenOver />
        </Dialog>
      </Material>
    );
  }
  return (
    <BottomSheet name={{ "aria-labelledby": id }} onClose={onClose}>
      {content}
    </BottomSheet>
  );
}
