import { createContext, useContext } from "react";

export const SignOutContext = createContext<() => void>(() => undefined);

/** Signs out, after a question if changes would be lost by it. */
export const useSignOut = (): (() => void) => useContext(SignOutContext);
