import { useCallback, useState, type ReactNode } from "react";
import { useSelector, useStore } from "react-redux";

import { useStorage, useSync } from "../../../sync/hooks";
import type { RootState } from "../../../sync/state";
import { selectWaiting } from "../../../sync/syncStatus";
import { ConfirmDialog } from "../../../ui/layout/ConfirmDialog";
import { SignOutContext } from "./signOutContext";

/**
 * Signing out wipes this device; what has not reached the server would be lost, so whoever signs out is asked first. So is
 * who signs out while the store can't be read: nobody knows what still waits in it.
 */
export function SignOutProvider({ children }: { children: ReactNode }) {
  const sync = useSync();
  const store = useStore<RootState>();
  const [isAsking, setAsking] = useState(false);
  const signOut = useCallback(() => {
    const state = store.getState();
    if (selectWaiting(state) > 0 || state.sync.storage === "blocked") setAsking(true);
    else void sync.signOut();
  }, [store, sync]);
  return (
    <SignOutContext value={signOut}>
      {children}
      {isAsking && <SignOutDialog onClose={() => setAsking(false)} />}
    </SignOutContext>
  );
}

function SignOutDialog({ onClose }: { onClose: () => void }) {
  const sync = useSync();
  const waiting = useSelector(selectWaiting);
  const isBlocked = useStorage() === "blocked";
  return (
    <ConfirmDialog
      title={waiting === 0 && !isBlocked ? "Sign out?" : "Sign out and lose changes?"}
      confirm="Sign out"
      onConfirm={() => void sync.signOut()}
      onClose={onClose}
    >
      {waiting === 0 && isBlocked ? UNKNOWN : waitingWords(waiting)}
    </ConfirmDialog>
  );
}

const UNKNOWN =
  "Another tab holds up what this device has kept, so changes from before may still wait there. Signing out now drops them.";

function waitingWords(waiting: number): string {
  if (waiting === 0) return "All changes have reached the server by now.";
  return waiting === 1
    ? "1 change has not reached the server yet. Signing out now drops it."
    : `${waiting} changes have not reached the server yet. Signing out now drops them.`;
}
