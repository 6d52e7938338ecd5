import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import { Ellipsis, type LucideIcon } from "lucide-react";
import { useState } from "react";

import styles from "./ActionMenu.module.css";

/** Something that can be done; `opener` is the menu's button, for what opens beside it. */
export interface Action {
  icon: LucideIcon;
  words: string;
  act: (opener: HTMLElement) => void;
}

interface ActionMenuProps {
  /** What the actions are for: "Actions for this board". */
  label: string;
  /** In their order, with headings as mere words. What my role or the screen does not allow is false, and not there. */
  actions: readonly (Action | string | false)[];
}

/** What can be done to one thing, behind three dots. */
export function ActionMenu({ label, actions }: ActionMenuProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      {/* A board draws hundreds of these: a plain button, and no menu before it is asked for. */}
      <button
        type="button"
        className={styles.open}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
      </button>
      {anchor !== null && (
        <Menu open anchorEl={anchor} onClose={() => setAnchor(null)}>
          {actions.map((action) => {
            if (action === false) return null;
            if (typeof action === "string") {
              return (
                <li key={action} className={styles.heading} role="presentation">
                  {action}
                </li>
              );
            }
            const { icon: Icon, words, act } = action;
            return (
              <MenuItem
                key={words}
                onClick={() => {
                  setAnchor(null);
                  // After the menu has given the focus back.
                  requestAnimationFrame(() => act(anchor));
                }}
              >
                <Icon size={16} strokeWidth={1.75} aria-hidden />
                {words}
              </MenuItem>
            );
          })}
        </Menu>
      )}
    </>
  );
}
