import Dialog from "@mui/material/Dialog";
import { useId, type ReactNode } from "react";

import { SpokenOver } from "../feedback/SpokenOver";
import { Material } from "../theme/Material";
import styles from "./TopDialog.module.css";

interface TopDialogProps {
  /** Only spoken: what stands in it says by itself what it is. */
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** One line to write in, near the top of the page, where what grows below it does not move it. */
export function TopDialog({ title, onClose, children }: TopDialogProps) {
  const id = useId();
  return (
    <Material>
      <Dialog
        open
        onClose={onClose}
        aria-labelledby={id}
        maxWidth="sm"
        fullWidth
        sx={{ "& .MuiDialog-container": { alignItems: "flex-start" } }}
        slotProps={{ paper: { className: styles.paper ?? "" } }}
      >
        <h2 id={id} className="visually-hidden">
          {title}
        </h2>
        {children}
        <SpokenOver />
      </Dialog>
    </Material>
  );
}
