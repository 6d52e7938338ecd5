import Popover from "@mui/material/Popover";
import type { ReactNode } from "react";

import { SpokenOver } from "../feedback/SpokenOver";
import { Material } from "../theme/Material";
import styles from "./Picker.module.css";

export interface PickerProps {
  label: string;
  /** What it hangs on; null: closed. */
  anchor: HTMLElement | null;
  onClose: () => void;
  children: ReactNode;
}

/** The surface itself. */
export default function PickerSurface({ label, anchor, onClose, children }: PickerProps) {
  return (
    <Material>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={onClose}
        anchorOrigin={{ vertical: "bottom", horizontal: "left" }}
        slotProps={{
          paper: {
            role: "dialog",
            "aria-label": label,
            "aria-modal": true,
            className: styles.paper ?? "",
            onKeyDown: (event: React.KeyboardEvent) => {
              if (event.key !== "Escape") event.stopPropagation();
            },
          },
        }}
      >
        {children}
        <SpokenOver />
      </Popover>
    </Material>
  );
}
