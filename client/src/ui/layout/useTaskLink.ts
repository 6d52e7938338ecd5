import { useCallback } from "react";
import { useLocation, useNavigate, useSearchParams, type To } from "react-router";

import type { Id } from "../../protocol/records";

const PARAMETER = "task";

export interface TaskAddress {
  board_id: Id;
  task_id: Id;
}

/** An open task is part of the address of any screen: `?task=board.task`. */
export function readTaskAddress(search: URLSearchParams): TaskAddress | null {
  const [board_id, task_id, rest] = (search.get(PARAMETER) ?? "").split(".");
  return board_id && task_id && rest === undefined ? { board_id, task_id } : null;
}

/** Makes links that open a task beside the present screen. */
export function useTaskLink(): (task: TaskAddress) => To {
  const { search } = useLocation();
  return useCallback(
    ({ board_id, task_id }: TaskAddress) => {
      const next = new URLSearchParams(search);
      next.set(PARAMETER, `${board_id}.${task_id}`);
      return { search: `?${next.toString()}` };
    },
    [search],
  );
}

/** The task that is open, and a way to close it. */
export function useOpenTask(): { open: TaskAddress | null; close: () => void } {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const close = useCallback(() => {
    const next = new URLSearchParams(search);
    next.delete(PARAMETER);
    void navigate({ search: next.size > 0 ? `?${next.toString()}` : "" }, { replace: true, preventScrollReset: true });
  }, [navigate, search]);
  return { open: readTaskAddress(search), close };
}
