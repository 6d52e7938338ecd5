import Dialog from "@mui/material/Dialog";
import Drawer from "@mui/material/Drawer";
import { useId, type FormEvent, type ReactNode } from "react";

import styles from "./FormSheet.module.css";
import { usePhone } from "./usePhone";

interface FormSheetProps {
  title: string;
  /** A quiet line under the title. */
  lead?: ReactNode;
  /** The buttons, from the least to the one that sends. */
  actions: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A short form over the page: in its middle on a desktop, from below under a thumb. Enter sends. */
export function FormSheet({ title, lead, actions, onSubmit, onClose, children }: FormSheetProps) {
  const isPhone = usePhone();
  const id = useId();
  const form = (
    <form
      className={styles.form}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        // Portals bubble: a form inside a sheet of another form must not send both.
        event.stopPropagation();
        onSubmit();
      }}
    >
      <header>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {lead !== undefined && <p className={styles.lead}>{lead}</p>}
      </header>
      <div className={styles.fields}>{children}</div>
      <div className={styles.actions}>{actions}</div>
    </form>
  );
  if (!isPhone) {
    return (
      <Dialog open onClose={onClose} aria-labelledby={id} maxWidth={false} slotProps={{ paper: { className: styles.dialog ?? "" } }}>
        {form}
      </Dialog>
    );
  }
  return (
    <Drawer
      open
      anchor="bottom"
      onClose={onClose}
      slotProps={{ paper: { className: styles.sheet ?? "", role: "dialog", "aria-modal": true, "aria-labelledby": id } }}
    >
      <span className={styles.grip} aria-hidden />
      {form}
    </Drawer>
  );
}
