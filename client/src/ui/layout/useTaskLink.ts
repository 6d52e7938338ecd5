import { useCallback } from "react";
import { useLocation, useNavigate, type Location, type To } from "react-router";

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

/** Kept with an entry of the browser's history that has a task open. */
interface TaskState {
  /** So many entries back the screen stands without a task; null: the task was opened by its address. */
  steps_open: number | null;
  edits_title?: boolean;
}

/** A link that opens a task beside the present screen, and what it leaves in the history. */
export interface TaskLink {
  to: To;
  state: TaskState;
  /** The task is open already. */
  replace: boolean;
}

function stateOf(location: Location): TaskState | null {
  return location.state as TaskState | null;
}

function linkFrom(location: Location, { board_id, task_id }: TaskAddress): TaskLink {
  const search = new URLSearchParams(location.search);
  const open = readTaskAddress(search);
  const isOpen = open?.board_id === board_id && open.task_id === task_id;
  const steps = open === null ? 0 : (stateOf(location)?.steps_open ?? null);
  search.set(PARAMETER, `${board_id}.${task_id}`);
  return {
    to: { search: `?${search.toString()}` },
    state: { steps_open: steps === null || isOpen ? steps : steps + 1 },
    replace: isOpen,
  };
}

/** Makes links that open a task. Whoever uses this is redrawn when the address changes. */
export function useTaskLink(): (task: TaskAddress) => TaskLink {
  const location = useLocation();
  return useCallback((task: TaskAddress) => linkFrom(location, task), [location]);
}

/** Opens a task, if asked to with its title ready to be written. */
export function useShowTask(): (task: TaskAddress, how?: { edits_title: boolean }) => void {
  const link = useTaskLink();
  const navigate = useNavigate();
  return useCallback(
    (task: TaskAddress, how?: { edits_title: boolean }) => {
      const { to, state, replace } = link(task);
      void navigate(to, { state: { ...state, ...how }, replace, preventScrollReset: true });
    },
    [link, navigate],
  );
}

/** Whether the open task was opened to write its title. */
export function useEditsTitle(): boolean {
  return stateOf(useLocation())?.edits_title === true;
}

/** The task that is open, and a way to close it. */
export function useOpenTask(): { open: TaskAddress | null; close: () => void } {
  const location = useLocation();
  const navigate = useNavigate();
  const close = useCallback(() => {
    const steps = stateOf(location)?.steps_open ?? 0;
    if (steps > 0) {
      keepScrolled();
      void navigate(-steps);
      return;
    }
    const next = new URLSearchParams(location.search);
    next.delete(PARAMETER);
    void navigate({ search: next.size > 0 ? `?${next.toString()}` : "" }, { replace: true, preventScrollReset: true });
  }, [navigate, location]);
  return { open: readTaskAddress(new URLSearchParams(location.search)), close };
}

/** Going back, a browser scrolls to where the page stood when the task was opened; beside a panel it may have moved on. */
function keepScrolled(): void {
  const { scrollX, scrollY } = window;
  const stay = () => requestAnimationFrame(() => window.scrollTo(scrollX, scrollY));
  window.addEventListener("popstate", stay, { once: true });
}
