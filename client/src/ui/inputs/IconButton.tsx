import type { LucideIcon } from "lucide-react";
import type { MouseEvent } from "react";

import { hint } from "../hints/hint";
import styles from "./IconButton.module.css";

interface IconButtonProps {
  icon: LucideIcon;
  /** What it does: spoken, and shown on hover. */
  label: string;
  onClick: (event: MouseEvent<HTMLButtonElement>) => void;
  /** The key that does the same, shown on hover. */
  shortcut?: string;
  size?: 16 | 18 | 20;
  tone?: "quiet" | "accent" | "bad";
  pressed?: boolean;
  expanded?: boolean;
  disabled?: boolean;
}

/** An icon that can be pressed: always with a name. */
export function IconButton(props: IconButtonProps) {
  const { icon: Icon, label, onClick, shortcut, size = 18, tone = "quiet", pressed, expanded, disabled = false } = props;
  return (
    <button
      type="button"
      className={`${styles.button} ${tone === "quiet" ? "" : styles[tone]}`}
      aria-label={label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      disabled={disabled}
      onClick={onClick}
      {...hint(shortcut ? `${label} (${shortcut})` : label)}
    >
      <Icon size={size} strokeWidth={1.75} aria-hidden />
    </button>
  );
}
