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

/** Opens a task with its title ready to be written. */
export function useEditTask(): (task: TaskAddress) => void {
  const link = useTaskLink();
  const navigate = useNavigate();
  return useCallback(
    (task: TaskAddress) => void navigate(link(task), { state: { edits_title: true }, preventScrollReset: true }),
    [link, navigate],
  );
}

/** Whether the open task was opened to write its title. */
export function useEditsTitle(): boolean {
  const { state } = useLocation() as { state: { edits_title?: boolean } | null };
  return state?.edits_title === true;
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
