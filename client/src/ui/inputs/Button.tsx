import type { ComponentPropsWithRef, MouseEvent, ReactNode } from "react";
import { Link, type LinkProps } from "react-router";

import styles from "./Button.module.css";

interface ButtonLook {
  variant?: "contained" | "outlined" | "text";
  /** Accent: what is meant to be done here. Bad: what takes something away. */
  color?: "ink" | "accent" | "bad";
  size?: "medium" | "large";
  fullWidth?: boolean;
  startIcon?: ReactNode;
}

interface ButtonProps extends ButtonLook, Omit<ComponentPropsWithRef<"button">, "color"> {
  /** What it asks for is under way: it says so, and nothing comes of pressing it. */
  loading?: boolean;
}

/** What a form's Enter makes of its button is a click as well. */
const goNowhere = (event: MouseEvent) => event.preventDefault();

/** Words that can be pressed. Plain elements and styles: screens are full of them from their first moment. */
export function Button({ variant, color, size, fullWidth, startIcon, loading = false, className, children, ...rest }: ButtonProps) {
  const look = { variant, color, size, fullWidth, className: [className, loading ? styles.loading : ""].join(" ") };
  // Not `disabled`: that takes away the focus from who has pressed it.
  const underWay = loading && ({ "aria-busy": true, "aria-disabled": true, onClick: goNowhere } as const);
  return (
    <button type="button" {...rest} {...underWay} className={classNameOf(look)}>
      <Content startIcon={startIcon}>{children}</Content>
    </button>
  );
}

/** A link that looks like a button: it leads somewhere else. */
export function ButtonLink({ variant, color, size, fullWidth, startIcon, className, children, ...rest }: ButtonLook & LinkProps) {
  return (
    <Link {...rest} className={classNameOf({ variant, color, size, fullWidth, className })}>
      <Content startIcon={startIcon}>{children}</Content>
    </Link>
  );
}

function Content({ startIcon, children }: Pick<ButtonLook, "startIcon"> & { children: ReactNode }) {
  return (
    <>
      {startIcon !== undefined && <span className={styles.icon}>{startIcon}</span>}
      {children}
    </>
  );
}

type Look = { readonly [Name in keyof Omit<ButtonLook, "startIcon">]: ButtonLook[Name] | undefined } & { className: string | undefined };

function classNameOf({ variant = "outlined", color = "ink", size = "medium", fullWidth = false, className = "" }: Look): string {
  const parts = [styles.button, styles[variant], styles[color], size === "large" ? styles.large : "", fullWidth ? styles.full : "", className];
  return parts.join(" ");
}
