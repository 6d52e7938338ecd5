import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";

import { Material } from "../theme/Material";
import type { Action } from "./ActionMenu";
import styles from "./ActionMenu.module.css";

interface ActionListProps {
  anchor: HTMLElement;
  actions: readonly (Action | string | false)[];
  onClose: () => void;
  onAct: (act: Action["act"]) => void;
}

/** The open menu. */
export default function ActionList({ anchor, actions, onClose, onAct }: ActionListProps) {
  return (
    <Material>
      <Menu open anchorEl={anchor} onClose={onClose}>
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
            <MenuItem key={words} onClick={() => onAct(act)}>
              <Icon size={16} strokeWidth={1.75} aria-hidden />
              {words}
            </MenuItem>
          );
        })}
      </Menu>
    </Material>
  );
}
