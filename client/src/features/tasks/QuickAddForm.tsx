import Button from "@mui/material/Button";
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";

import { Kbd } from "../../ui/keys/Kbd";
import { BoardSign } from "../../ui/people/BoardSign";
import { QuickAddChips } from "./QuickAddChips";
import styles from "./QuickAddForm.module.css";
import { parseQuickAdd, type QuickAdd, type QuickAddContext } from "./parseQuickAdd";
import { quickAddSuggestions, type Suggestion } from "./quickAddSuggestions";

interface QuickAddFormProps {
  context: QuickAddContext;
  /** `another`: the form stays for the next one. */
  onAdd: (asked: QuickAdd, another: boolean) => void;
  onCancel: () => void;
}

const MAX_LENGTH = 500;

/** One line of plain language; what is understood is marked while it is typed. */
export function QuickAddForm({ context, onAdd, onCancel }: QuickAddFormProps) {
  const [text, setText] = useState("");
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(0);
  const [plain, setPlain] = useState<ReadonlySet<string>>(new Set());
  const input = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const asked = parseQuickAdd(text, context, plain);
  const suggestions = quickAddSuggestions(text, caret, context.boards, context.peopleOf(asked.board_id));
  const suggestion = suggestions[Math.min(at, suggestions.length - 1)];

  useEffect(() => input.current?.focus(), []);

  const take = (taken: Suggestion) => {
    setText(taken.text);
    setCaret(taken.caret);
    setAt(0);
    requestAnimationFrame(() => input.current?.setSelectionRange(taken.caret, taken.caret));
  };
  const add = (another: boolean) => {
    input.current?.focus();
    if (asked.title === "") return;
    onAdd(asked, another);
    setText("");
    setPlain(new Set());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && suggestions.length > 0) {
      event.preventDefault();
      setAt((at + step + suggestions.length) % suggestions.length);
    } else if ((event.key === "Enter" || event.key === "Tab") && suggestion) {
      event.preventDefault();
      take(suggestion);
    } else if (event.key === "Enter") {
      event.preventDefault();
      add(event.shiftKey);
    }
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
        <div className={styles.mirror} aria-hidden dir="auto">
          {asked.parts.map(({ kind, start, end }) =>
            kind === "text" ? text.slice(start, end) : <mark key={start}>{text.slice(start, end)}</mark>,
          )}
          {"​"}
        </div>
        <textarea
          ref={input}
          className={styles.input}
          rows={1}
          value={text}
          dir="auto"
          maxLength={MAX_LENGTH}
          aria-label="New task"
          aria-autocomplete="list"
          aria-controls={listId}
          aria-activedescendant={suggestion ? `${listId}-${suggestion.id}` : undefined}
          placeholder="Run 5 km tomorrow p1 #board @person"
          onChange={(event) => {
            setText(event.target.value.replace(/\n/g, " "));
            setCaret(event.target.selectionStart);
            setAt(0);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul className={styles.suggestions} id={listId} role="listbox" aria-label="Suggestions">
        {suggestions.map((offered) => (
          // eslint-disable-next-line jsx-a11y-x/click-events-have-key-events -- the combobox has the focus and handles keys
          <li
            key={offered.id}
            id={`${listId}-${offered.id}`}
            role="option"
            aria-selected={offered === suggestion}
            className={styles.suggestion}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(offered)}
          >
            {offered.mark === "#" ? <BoardSign board={{ id: offered.id, title: offered.name }} /> : "@"}
            {offered.name}
          </li>
        ))}
      </ul>
      <QuickAddChips
        asked={asked}
        text={text}
        context={context}
        onPlain={(part) => {
          setPlain(new Set([...plain, part]));
          input.current?.focus();
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
