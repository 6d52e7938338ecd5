import { createContext } from "react";

import { ApplicationVersion } from "./applicationVersion";

/** The version of this page, provided around all screens. By itself: one that is never followed by another. */
export const VersionContext = createContext<Pick<ApplicationVersion, "subscribe" | "isNewReady" | "reload">>(
  new ApplicationVersion(undefined, () => location.reload()),
);
