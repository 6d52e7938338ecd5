import { ThemeProvider } from "@mui/material/styles";
import { createContext, useContext, type ReactNode } from "react";

import { muiTheme } from "./muiTheme";

const IsDressed = createContext(false);

/**
 * Material UI in the tokens' look, around whatever is made of it. Not around the whole page: menus, dialogs and fields come
 * with what uses them, and a screen must not wait for a library that its first moment has no use for.
 */
export function Material({ children }: { children: ReactNode }) {
  if (useContext(IsDressed)) return children;
  return (
    <IsDressed value={true}>
      <ThemeProvider theme={muiTheme}>{children}</ThemeProvider>
    </IsDressed>
  );
}
