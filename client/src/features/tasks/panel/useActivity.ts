import { useEffect, useState } from "react";

import type { Change } from "../../../protocol/messages";
import type { Id, Task } from "../../../protocol/records";
import type { Api } from "../../../sync/api";
import { ApiError } from "../../../sync/apiError";
import { useSync } from "../../../sync/hooks";

const SETTLE_MS = 600;
/** The most that one page of the log may have. */
const PAGE = 500;

export type Activity =
  | { status: "reading" }
  | { status: "read"; changes: readonly Change[] }
  | { status: "unread"; words: string };

/** All changes of a record, oldest first: the log is read page by page, up to the newest. */
export async function readChangesOf(api: Pick<Api, "readChanges">, boardId: Id, recordId: Id): Promise<Change[]> {
  const changes: Change[] = [];
  for (;;) {
    const page = await api.readChanges(boardId, { after: changes.at(-1)?.seq ?? 0, limit: PAGE, recordId });
    changes.push(...page.changes);
    if (page.changes.length < PAGE) return changes;
  }
}

/** The task's changes from the log, newest first; read again when the task has changed. */
export function useActivity(boardId: Id, task: Task): Activity {
  const { api } = useSync();
  const [activity, setActivity] = useState<Activity>({ status: "reading" });
  useEffect(() => {
    let isCurrent = true;
    const read = async () => {
      try {
        const changes = await readChangesOf(api, boardId, task.id);
        if (isCurrent) setActivity({ status: "read", changes: changes.reverse() });
      } catch (error) {
        const isTrimmed = error instanceof ApiError && error.code === "trimmed";
        const words = isTrimmed ? "The oldest activity is no longer kept." : "Activity can be read when the connection is back.";
        // What was read before stays: old news is better than none.
        if (isCurrent) setActivity((before) => (before.status === "read" ? before : { status: "unread", words }));
      }
    };
    const timer = setTimeout(() => void read(), SETTLE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [api, boardId, task]);
  return activity;
}
