import type { CSSProperties } from "react";

/** A person's place in the palette of eight. */
export type PersonColor = number;

export const PERSON_COLOR_NAMES = ["Blue", "Teal", "Green", "Ochre", "Rust", "Rose", "Violet", "Slate"] as const;

/** Custom properties `--person` (solid) and `--person-ink` for an element and all in it. */
export function personStyle(color: PersonColor): CSSProperties {
  return {
    "--person": `var(--person-${color})`,
    "--person-ink": `var(--person-${color}-ink)`,
  } as CSSProperties;
}
