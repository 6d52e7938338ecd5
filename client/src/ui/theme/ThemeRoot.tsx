import { ThemeProvider } from "@mui/material/styles";
import type { ReactNode } from "react";

import "@fontsource-variable/inter/wght.css";
import "./tokens.css";
import "./ground.css";
import { HintLayer } from "../hints/HintLayer";
import { muiTheme } from "./muiTheme";

/** The look of everything below: tokens, the font, Material UI dressed in them, and the hints of what is pointed at. */
export function ThemeRoot({ children }: { children: ReactNode }) {
  return (
    <ThemeProvider theme={muiTheme}>
      {children}
      <HintLayer />
    </ThemeProvider>
  );
}
