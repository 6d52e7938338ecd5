import { useCallback } from "react";

import type { Command } from "../../protocol/commands";
import { useSendCommand } from "../../sync/hooks";
import { dismissToast, showToast } from "./toasts";

/** Sends a command and says what it did, with the way back. If it is refused it did nothing: then its toast goes, too. */
export function useSendWithUndo(): (command: Command, words: string, undo: Command) => void {
  const send = useSendCommand();
  return useCallback(
    (command: Command, words: string, undo: Command) => {
      const toast = showToast(words, { label: "Undo", run: () => void send(undo) });
      void send(command).then(({ status }) => {
        if (status === "refused") dismissToast(toast);
      });
    },
    [send],
  );
}
