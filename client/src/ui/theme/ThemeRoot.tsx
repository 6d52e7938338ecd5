import type { ReactNode } from "react";

import "@fontsource-variable/inter/wght.css";
import "./tokens.css";
import "./ground.css";
import { HintLayer } from "../hints/HintLayer";

/** The look of everything below: tokens, the font, and the hints of what is pointed at. */
export function ThemeRoot({ children }: { children: ReactNode }) {
  return (
    <>
      {children}
      <HintLayer />
    </>
  );
}
