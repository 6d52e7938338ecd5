import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from "react";

import type { Id } from "../../../protocol/records";
import type { Drag } from "./dragContext";
import type { Held } from "./handles";
import { listBefore, nextListId, steppedList } from "./listPlaces";
import { isSamePlace, presentPlace, stepped, type Column, type Step, type DropPlace } from "./places";
import { useKeyboardMove } from "./useKeyboardMove";
import type { PointerMoves } from "./usePointerDrag";
import { cancelledWords, droppedWords, goneWords, liftedWords, movedWords } from "./words";
import { nearest, placeIn, zonesIn } from "./zones";

export interface BoardDragOptions {
  mayMove: boolean;
  /** The lists as they are shown now. */
  readColumns: () => readonly Column[];
  /** Calls back whenever they may have become others. The answer stops that. */
  followColumns: (onMoved: () => void) => () => void;
  titleOf: (kind: Drag["kind"], id: Id) => string;
  onDropTask: (taskId: Id, place: DropPlace) => void;
  onDropList: (listId: Id, beforeId: Id | null) => void;
}

/** Where something stands as it is lifted; null: it is not shown, or no longer, since others may delete it. */
function lifted({ kind, id }: Held, columns: readonly Column[], by: Drag["by"]): Drag | null {
  if (kind === "list") {
    const ids = columns.map(({ list_id }) => list_id);
    return ids.includes(id) ? { kind, id, before_id: nextListId(ids, id), by } : null;
  }
  const place = presentPlace(columns, id);
  return place === null ? null : { kind, id, place, by };
}

function isSameDrag(a: Drag | null, b: Drag | null): boolean {
  if (a?.kind === "task" && b?.kind === "task") return a.id === b.id && isSamePlace(a.place, b.place);
  return a?.kind === "list" && b?.kind === "list" && a.id === b.id && a.before_id === b.before_id;
}

/** One move at a time, by pointer or by keyboard: where it would land, what is spoken, what is sent when it is let go. */
export function useBoardDrag(root: RefObject<HTMLElement | null>, options: BoardDragOptions) {
  const { mayMove, readColumns, followColumns, titleOf, onDropTask, onDropList } = options;
  const [drag, setDrag] = useState<Drag | null>(null);
  const [spoken, setSpoken] = useState("");
  const latest = useRef<Drag | null>(null);

  const show = useCallback((next: Drag | null) => {
    if (isSameDrag(latest.current, next)) return;
    latest.current = next;
    setDrag(next);
  }, []);

  const speak = useCallback(
    (words: typeof movedWords, now: Drag) => {
      const columns = readColumns();
      if (now.kind === "task") {
        setSpoken(words(columns, now.place, now.id));
        return;
      }
      const ids = columns.map(({ list_id }) => list_id).filter((id) => id !== now.id);
      const at = now.before_id === null ? ids.length : ids.indexOf(now.before_id);
      setSpoken(`List ${titleOf("list", now.id)}: position ${at + 1} of ${ids.length + 1}`);
    },
    [readColumns, titleOf],
  );

  const drop = useCallback(() => {
    const now = latest.current;
    if (now === null) return;
    const present = lifted(now, readColumns(), now.by);
    if (present === null) {
      show(null);
      return;
    }
    if (!isSameDrag(present, now)) {
      if (now.kind === "task") onDropTask(now.id, now.place);
      else onDropList(now.id, now.before_id);
    }
    if (now.by === "keyboard") speak((...where) => droppedWords(titleOf("task", now.id), ...where), now);
    show(null);
  }, [readColumns, onDropTask, onDropList, speak, titleOf, show]);

  const cancel = useCallback(() => {
    const now = latest.current;
    if (now?.by === "keyboard") setSpoken(cancelledWords(titleOf(now.kind, now.id)));
    show(null);
  }, [titleOf, show]);

  const step = useCallback(
    (direction: Step) => {
      const now = latest.current;
      if (now === null) return;
      const columns = readColumns();
      const next: Drag =
        now.kind === "task"
          ? { ...now, place: stepped(columns, now.place, now.id, direction) }
          : { ...now, before_id: steppedList(columns.map(({ list_id }) => list_id), now.before_id, now.id, direction) };
      show(next);
      speak(movedWords, next);
    },
    [readColumns, show, speak],
  );

  const isMoving = drag !== null;
  useEffect(() => {
    if (!isMoving) return;
    return followColumns(() => {
      const now = latest.current;
      if (now === null || lifted(now, readColumns(), now.by) !== null) return;
      // Somebody else has deleted it.
      if (now.by === "keyboard") setSpoken(goneWords(titleOf(now.kind, now.id)));
      show(null);
    });
  }, [isMoving, followColumns, readColumns, titleOf, show]);

  useKeyboardMove(drag?.by === "keyboard", { step, drop, cancel });

  const lift = useCallback(
    (held: Held) => {
      const now = lifted(held, readColumns(), "keyboard");
      show(now);
      if (now !== null) speak((...where) => liftedWords(titleOf(held.kind, held.id), ...where), now);
    },
    [readColumns, show, speak, titleOf],
  );
  const actions = useMemo(
    () => ({
      mayMove,
      liftTask: (id: Id) => lift({ kind: "task", id }),
      liftList: (id: Id) => lift({ kind: "list", id }),
    }),
    [mayMove, lift],
  );

  const moves = useMemo(
    (): PointerMoves => ({
      lift: (held) => {
        const now = lifted(held, readColumns(), "pointer");
        show(now);
        return now !== null;
      },
      over: ({ x, y }) => {
        const now = latest.current;
        if (now === null || root.current === null) return;
        const zones = zonesIn(root.current);
        if (now.kind === "list") {
          show({ ...now, before_id: listBefore(zones, x, now.id) });
          return;
        }
        const zone = nearest(zones, x, y);
        const column = readColumns().find(({ list_id }) => list_id === zone?.list_id);
        if (zone !== null && column !== undefined) show({ ...now, place: placeIn(zone, y, column, now.id) });
      },
      drop,
      cancel,
    }),
    [root, readColumns, show, drop, cancel],
  );

  return { drag, spoken, actions, moves };
}
