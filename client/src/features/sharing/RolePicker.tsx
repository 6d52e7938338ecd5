import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import { Check, ChevronDown } from "lucide-react";
import { useState } from "react";

import type { Role } from "../../protocol/records";
import { Material } from "../../ui/theme/Material";
import menu from "./RolePicker.module.css";
import styles from "./SharingPanel.module.css";
import { roleNames, rolePowers } from "./roleWords";

interface RolePickerProps {
  label: string;
  role: Role;
  /** Those that may be chosen; with none of them the role is only said. */
  roles: readonly Role[];
  onPick: (role: Role) => void;
}

/** A role, and what the others would allow. */
export function RolePicker({ label, role, roles, onPick }: RolePickerProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  if (roles.length === 0) {
    return (
      <span className={styles.role} title={rolePowers[role]}>
        {roleNames[role]}
      </span>
    );
  }
  return (
    <>
      <button
        type="button"
        className={styles.role}
        aria-label={`${label}: ${roleNames[role]}`}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {roleNames[role]}
        <ChevronDown size={14} strokeWidth={1.75} aria-hidden />
      </button>
      <Material>
        <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)}>
          {roles.map((choice) => (
            <MenuItem
              key={choice}
              selected={choice === role}
              onClick={() => {
                setAnchor(null);
                if (choice !== role) onPick(choice);
              }}
            >
              <span className={menu.words}>
                {roleNames[choice]}
                <span className={menu.powers}>{rolePowers[choice]}</span>
              </span>
              {choice === role && <Check size={16} strokeWidth={2} aria-hidden />}
            </MenuItem>
          ))}
        </Menu>
      </Material>
    </>
  );
}
