import { overlay } from "./later";

/** Asks before something that has no undo. */
export const ConfirmDialog = overlay(() => import("./ConfirmBox"));
