import { ThemeProvider } from "@mui/material/styles";
import type { ReactNode } from "react";

import "@fontsource-variable/inter/wght.css";
import "./tokens.css";
import "./ground.css";
import { muiTheme } from "./muiTheme";

/** The look of everything below: tokens, the font, and Material UI dressed in them. */
export function ThemeRoot({ children }: { children: ReactNode }) {
  return <ThemeProvider theme={muiTheme}>{children}</ThemeProvider>;
}
