import Dialog from "@mui/material/Dialog";
import { useId, type ReactNode } from "react";

import { SpokenOver } from "../feedback/SpokenOver";
import { Button } from "../inputs/Button";
import { Material } from "../theme/Material";
import styles from "./ConfirmDialog.module.css";

export interface ConfirmDialogProps {
  title: string;
  /** What will happen, and what cannot be undone. */
  children: ReactNode;
  /** The verb. */
  confirm: string;
  onConfirm: () => void;
  onClose: () => void;
}

/** The dialog itself. */
export default function ConfirmBox({ title, children, confirm, onConfirm, onClose }: ConfirmDialogProps) {
  const id = useId();
  return (
    <Material>
      <Dialog open onClose={onClose} aria-labelledby={id} maxWidth="xs">
        <div className={styles.body}>
          <h2 id={id} className={styles.title}>
            {title}
          </h2>
          <div className={styles.text}>{children}</div>
          <div className={styles.actions}>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="contained" color="bad" onClick={onConfirm}>
              {confirm}
            </Button>
          </div>
        </div>
        <SpokenOver />
      </Dialog>
    </Material>
  );
}
