import { useRef, useState } from "react";

import { Button } from "../../ui/inputs/Button";
import { Kbd } from "../../ui/keys/Kbd";
import { QuickAddChips } from "../../ui/quick-add/QuickAddChips";
import { QuickAddField } from "../../ui/quick-add/QuickAddField";
import { parseQuickAdd, type QuickAdd, type QuickAddContext } from "../../ui/quick-add/parseQuickAdd";
import { quickAddLines } from "../../ui/quick-add/quickAddLines";
import styles from "./QuickAddForm.module.css";

interface QuickAddFormProps {
  context: QuickAddContext;
  /** One task for each line. `another`: the form stays for the next ones. */
  onAdd: (asked: readonly QuickAdd[], another: boolean) => void;
  onCancel: () => void;
}

/** A line of plain language, and in clear what it asks for; several lines, as somebody pastes them, are as many tasks. */
export function QuickAddForm({ context, onAdd, onCancel }: QuickAddFormProps) {
  const [text, setText] = useState("");
  const [plain, setPlain] = useState<ReadonlySet<string>>(new Set());
  const field = useRef<HTMLTextAreaElement>(null);
  const { asked, parts, problem } = quickAddLines(text, context, plain);
  const only = text.includes("\n") ? null : parseQuickAdd(text, context, plain);
  const boardId = (only ?? asked.at(-1))?.board_id ?? context.board_id;

  const add = (another: boolean) => {
    field.current?.focus();
    if (asked.length === 0 || problem !== null) return;
    onAdd(asked, another);
    setText("");
    setPlain(new Set());
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        add(false);
      }}
    >
      <div className={styles.line}>
        <QuickAddField
          text={text}
          parts={parts}
          problem={problem}
          boards={context.boards}
          people={context.peopleOf(boardId)}
          label="New task"
          placeholder="Run 5 km tomorrow p1 #board @person"
          field={field}
          onText={setText}
          onEnter={add}
        />
      </div>
      {only && (
        <QuickAddChips
          asked={only}
          text={text}
          context={context}
          onPlain={(part) => {
            setPlain(new Set([...plain, part]));
            field.current?.focus();
          }}
        />
      )}
      <div className={styles.actions}>
        <span className={styles.hint}>
          <Kbd>⇧ Enter</Kbd> adds and stays
        </span>
        <Button variant="text" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" variant="contained" color="accent">
          {asked.length > 1 ? `Add ${asked.length} tasks` : "Add task"}
        </Button>
      </div>
    </form>
  );
}
