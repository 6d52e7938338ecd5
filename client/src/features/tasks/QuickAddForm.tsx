import Button from "@mui/material/Button";
import { useRef, useState } from "react";

import { Kbd } from "../../ui/keys/Kbd";
import { QuickAddChips } from "../../ui/quick-add/QuickAddChips";
import { QuickAddField } from "../../ui/quick-add/QuickAddField";
import { parseQuickAdd, type QuickAdd, type QuickAddContext } from "../../ui/quick-add/parseQuickAdd";
import { titleProblem } from "../../ui/quick-add/titleLength";
import styles from "./QuickAddForm.module.css";

interface QuickAddFormProps {
  context: QuickAddContext;
  /** `another`: the form stays for the next one. */
  onAdd: (asked: QuickAdd, another: boolean) => void;
  onCancel: () => void;
}

/** One line of plain language, and in clear what it asks for. */
export function QuickAddForm({ context, onAdd, onCancel }: QuickAddFormProps) {
  const [text, setText] = useState("");
  const [plain, setPlain] = useState<ReadonlySet<string>>(new Set());
  const field = useRef<HTMLTextAreaElement>(null);
  const asked = parseQuickAdd(text, context, plain);
  const problem = titleProblem(asked.title);

  const add = (another: boolean) => {
    field.current?.focus();
    if (asked.title === "" || problem !== null) return;
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
          parts={asked.parts}
          problem={problem}
          boards={context.boards}
          people={context.peopleOf(asked.board_id)}
          label="New task"
          placeholder="Run 5 km tomorrow p1 #board @person"
          field={field}
          onText={(typed) => setText(typed.replace(/\n/g, " "))}
          onEnter={add}
        />
      </div>
      <QuickAddChips
        asked={asked}
        text={text}
        context={context}
        onPlain={(part) => {
          setPlain(new Set([...plain, part]));
          field.current?.focus();
        }}
      />
      <div className={styles.actions}>
        <span className={styles.hint}>
          <Kbd>⇧ Enter</Kbd> adds and stays
        </span>
        <Button variant="text" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" variant="contained" color="primary">
          Add task
        </Button>
      </div>
    </form>
  );
}
