import MuiIconButton from "@mui/material/IconButton";
import Tooltip from "@mui/material/Tooltip";
import type { LucideIcon } from "lucide-react";
import type { MouseEvent } from "react";

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

const INK = { quiet: "var(--ink-2)", accent: "var(--accent-ink)", bad: "var(--bad)" };

/** An icon that can be pressed: always with a name. */
export function IconButton(props: IconButtonProps) {
  const { icon: Icon, label, onClick, shortcut, size = 18, tone = "quiet", pressed, expanded, disabled = false } = props;
  return (
    <Tooltip title={shortcut ? `${label} (${shortcut})` : label}>
      <span>
        <MuiIconButton
          aria-label={label}
          aria-pressed={pressed}
          aria-expanded={expanded}
          disabled={disabled}
          onClick={onClick}
          sx={{ color: INK[tone], "&.Mui-disabled": { color: "var(--ink-3)", opacity: 0.5 } }}
        >
          <Icon size={size} strokeWidth={1.75} aria-hidden />
        </MuiIconButton>
      </span>
    </Tooltip>
  );
}
