import { CalendarDays, Flag, X } from "lucide-react";
import type { ReactNode } from "react";

import { dayWords } from "../days/dayWords";
import { BoardSign } from "../people/BoardSign";
import { PriorityMark } from "../tasks/PriorityMark";
import styles from "./QuickAddChips.module.css";
import type { PartKind, QuickAdd, QuickAddContext } from "./parseQuickAdd";

interface QuickAddChipsProps {
  asked: QuickAdd;
  text: string;
  context: QuickAddContext;
  /** These words shall mean nothing. */
  onPlain: (words: string) => void;
}

/** What was understood, in clear; each can be turned back into mere words. The board is said wherever it can be chosen. */
export function QuickAddChips({ asked, text, context, onPlain }: QuickAddChipsProps) {
  const board = context.boards.find(({ id }) => id === asked.board_id);
  const people = context.peopleOf(asked.board_id);
  const words: Record<Exclude<PartKind, "text" | "board">, ReactNode> = {
    scheduled: asked.scheduled_on && (
      <>
        <CalendarDays size={14} strokeWidth={1.75} aria-hidden /> {dayWords(asked.scheduled_on, context.today)}
      </>
    ),
    due: asked.due_on && (
      <>
        <Flag size={14} strokeWidth={1.75} aria-hidden /> Due {dayWords(asked.due_on, context.today)}
      </>
    ),
    priority: <PriorityMark priority={asked.priority} />,
    person: people
      .filter(({ id }) => asked.assignee_ids.includes(id))
      .map(({ name }) => name)
      .join(", "),
  };
  const shown = asked.parts.filter(
    (part, index, all) =>
      part.kind !== "text" && part.kind !== "board" && all.findIndex(({ kind }) => kind === part.kind) === index,
  );
  return (
    <div className={styles.chips}>
      {board && (
        <span className={styles.chip}>
          <BoardSign board={{ id: board.id, title: board.name }} size={16} /> {board.name}
        </span>
      )}
      {shown.map(({ kind, start, end }) =>
        kind === "text" || kind === "board" ? null : (
          <span key={kind} className={styles.chip}>
            {words[kind]}
            <button
              type="button"
              aria-label={`Keep “${text.slice(start, end)}” as plain words`}
              // The focus stays in the line.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onPlain(text.slice(start, end))}
            >
              <X size={14} strokeWidth={1.75} aria-hidden />
            </button>
          </span>
        ),
      )}
    </div>
  );
}
