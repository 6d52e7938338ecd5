import type { ReactNode } from "react";

import styles from "./FormSheet.module.css";
import { ModalSheet } from "./ModalSheet";

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

/** A short form over the page. Enter sends. */
export function FormSheet({ title, lead, actions, onSubmit, onClose, children }: FormSheetProps) {
  return (
    <ModalSheet title={title} lead={lead} hasClose={false} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          // Portals bubble: a form inside a sheet of another form must not send both.
          event.stopPropagation();
          onSubmit();
        }}
      >
        <div className={styles.fields}>{children}</div>
        <div className={styles.actions}>{actions}</div>
      </form>
    </ModalSheet>
  );
}
