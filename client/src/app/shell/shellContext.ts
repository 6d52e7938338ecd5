import { createContext, useContext } from "react";

/** What a screen may ask of the frame around it. */
interface Shell {
  search: () => void;
  newBoard: () => void;
}

export const ShellContext = createContext<Shell>({ search: () => undefined, newBoard: () => undefined });

export const useShell = (): Shell => useContext(ShellContext);
