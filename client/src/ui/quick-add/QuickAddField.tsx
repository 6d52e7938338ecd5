import { useId, useLayoutEffect, useState, type KeyboardEvent, type RefObject } from "react";

import { BoardSign } from "../people/BoardSign";
import styles from "./QuickAddField.module.css";
import type { Named, Part } from "./parseQuickAdd";
import { quickAddSuggestions, type Suggestion } from "./quickAddSuggestions";

interface QuickAddFieldProps {
  text: string;
  /** What is understood of the text: it is marked. */
  parts: readonly Part[];
  /** Why it cannot be added as it is. */
  problem: string | null;
  /** What `#` and `@` may name. */
  boards: readonly Named[];
  people: readonly Named[];
  label: string;
  placeholder: string;
  field: RefObject<HTMLTextAreaElement | null>;
  onText: (text: string) => void;
  /** The line is written. `stays`: with the shift key held. */
  onEnter: (stays: boolean) => void;
  onEscape?: (event: KeyboardEvent) => void;
}

/** A line of plain language, with the focus. What is understood is marked while it is typed, and names are completed. */
export function QuickAddField(props: QuickAddFieldProps) {
  const { text, parts, problem, boards, people, label, placeholder, field, onText, onEnter, onEscape } = props;
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(0);
  const listId = useId();
  const problemId = useId();
  const suggestions = quickAddSuggestions(text, caret, boards, people);
  const suggestion = suggestions[Math.min(at, suggestions.length - 1)];

  useLayoutEffect(() => field.current?.focus(), [field]);

  const take = (taken: Suggestion) => {
    onText(taken.text);
    setCaret(taken.caret);
    setAt(0);
    requestAnimationFrame(() => field.current?.setSelectionRange(taken.caret, taken.caret));
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
      onEnter(event.shiftKey);
    } else if (event.key === "Escape") {
      onEscape?.(event);
    }
  };

  return (
    <>
      <div className={styles.line}>
        <div className={styles.mirror} aria-hidden dir="auto">
          {parts.map(({ kind, start, end }) =>
            kind === "text" ? text.slice(start, end) : <mark key={start}>{text.slice(start, end)}</mark>,
          )}
          {"\u200b"}
        </div>
        <textarea
          ref={field}
          className={styles.input}
          rows={1}
          value={text}
          dir="auto"
          aria-label={label}
          aria-invalid={problem !== null}
          aria-describedby={problemId}
          aria-autocomplete="list"
          aria-controls={listId}
          aria-activedescendant={suggestion ? `${listId}-${suggestion.id}` : undefined}
          placeholder={placeholder}
          enterKeyHint="enter"
          onChange={(event) => {
            onText(event.target.value);
            setCaret(event.target.selectionStart);
            setAt(0);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
        />
      </div>
      <p id={problemId} role="alert" className={styles.problem}>
        {problem}
      </p>
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
    </>
  );
}
