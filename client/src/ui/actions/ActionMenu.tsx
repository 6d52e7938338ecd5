import { Ellipsis, type LucideIcon } from "lucide-react";
import { useState } from "react";

import { overlay } from "../layout/later";
import styles from "./ActionMenu.module.css";

const ActionList = overlay(() => import("./ActionList"));

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
        <ActionList
          anchor={anchor}
          actions={actions}
          onClose={() => setAnchor(null)}
          onAct={(act) => {
            setAnchor(null);
            // After the menu has given the focus back.
            requestAnimationFrame(() => act(anchor));
          }}
        />
      )}
    </>
  );
}
