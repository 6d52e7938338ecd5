import { useEffect, useRef } from "react";

import { isTyping } from "./rowKeys";

/** Keys by name: a single key ("q", "?"), two in a row ("g t"), or one with the platform's command key ("mod+k"). */
export type KeyMap = Record<string, () => void>;

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** How the platform's command key is written. */
export const MOD_KEY = isMac ? "⌘" : "Ctrl";

const nameOf = (event: KeyboardEvent): string =>
  (isMac ? event.metaKey : event.ctrlKey) ? `mod+${event.key.toLowerCase()}` : event.key;

const SEQUENCE_MS = 1_000;

const isInDialog = (): boolean => document.querySelector('[role="dialog"][aria-modal="true"], [role="menu"]') !== null;

/** Keys that work wherever the focus is, except single keys while somebody types or a dialog or menu is open. */
export function useGlobalKeys(keys: KeyMap): void {
  const latest = useRef(keys);
  const first = useRef({ key: "", at: 0 });
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.isComposing) return;
      const name = nameOf(event);
      const single = !name.startsWith("mod+");
      if (single && (isTyping(event.target) || isInDialog())) return;
      const isSecond = event.timeStamp - first.current.at < SEQUENCE_MS;
      const action = latest.current[isSecond ? `${first.current.key} ${name}` : name] ?? latest.current[name];
      first.current = { key: name, at: event.timeStamp };
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
