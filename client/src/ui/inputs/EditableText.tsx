import InputBase from "@mui/material/InputBase";
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from "react";

import { Material } from "../theme/Material";

/** Somebody else changed the text while it was being edited here. */
export interface TextConflict {
  theirs: string;
  /** Drops what was typed here and shows theirs. */
  take: () => void;
  /** Writes on over theirs, knowing it. */
  keep: () => void;
}

interface EditableTextProps {
  /** What is known now; may change under our hands when others edit it. */
  value: string;
  label: string;
  /** `value` without white space around it, unless it may have several lines; `typedOver` is what was shown when typing began. */
  onSave: (value: string, typedOver: string) => void;
  placeholder?: string;
  /** Takes new lines; else Enter leaves the field. */
  multiline?: boolean;
  /** An empty text is not kept: the field goes back to what it was. */
  required?: boolean;
  readOnly?: boolean;
  max_length?: number;
  size?: "title" | "text";
  /** Takes the focus, with all of its text chosen, when it appears. */
  focused?: boolean;
  /** Null: it is over. */
  onConflict?: (conflict: TextConflict | null) => void;
}

const SAVE_AFTER_MS = 1_000;

const LOOK = {
  title: { fontSize: "var(--t18)", fontWeight: "var(--w-title)", lineHeight: 1.3 },
  text: { fontSize: "var(--t15)", fontWeight: "var(--w-regular)", lineHeight: 1.5 },
};

/**
 * Text that is edited where it stands. It is saved on leaving the field and after a second of rest. What is being typed is
 * a draft of its own: nothing that comes from outside ever replaces it.
 */
export function EditableText(props: EditableTextProps) {
  const { value, label, multiline = false, readOnly = false, size = "text", onConflict } = props;
  const draft = useDraft(props);
  const { conflictWith } = draft;

  useEffect(() => {
    if (conflictWith === null) return undefined;
    onConflict?.({ theirs: conflictWith, take: draft.drop, keep: draft.keep });
    return () => onConflict?.(null);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the conflict is told once, when it arises
  }, [conflictWith]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") draft.drop();
    if (event.key === "Escape" || (event.key === "Enter" && (!multiline || event.metaKey || event.ctrlKey))) {
      event.preventDefault();
      (event.target as HTMLElement).blur();
    }
  };

  return (
    <Material>
      <InputBase
        value={draft.text ?? value}
        placeholder={props.placeholder}
        multiline
        minRows={multiline ? 2 : 1}
        readOnly={readOnly}
        fullWidth
        inputProps={{ "aria-label": label, maxLength: props.max_length, dir: "auto" }}
        {...(props.focused && { inputRef: chooseAll })}
        onChange={(event) => draft.type(multiline ? event.target.value : event.target.value.replace(/\n/g, " "))}
        onBlur={draft.leave}
        onKeyDown={onKeyDown}
        sx={{
          ...LOOK[size],
          padding: "4px 8px",
          marginInline: "-8px",
          borderRadius: "6px",
          width: "calc(100% + 16px)",
          ...(readOnly ? {} : { "&:hover": { backgroundColor: "var(--hover)" } }),
          "&.Mui-focused": { backgroundColor: "var(--sunken)", boxShadow: "inset 0 0 0 2px var(--focus)" },
        }}
      />
    </Material>
  );
}

function chooseAll(field: HTMLTextAreaElement | null): void {
  field?.select();
}

interface Draft {
  /** What is typed; null: nothing, what is known is shown. */
  text: string | null;
  /** What somebody else made of the text since typing began; null: nothing. */
  conflictWith: string | null;
  type: (text: string) => void;
  leave: () => void;
  drop: () => void;
  keep: () => void;
}

/** What is kept of a draft. The server cuts one-line texts, too: what comes back must be what went out. */
function keptOf(draft: string, multiline: boolean): string {
  return multiline ? draft : draft.trim();
}

function useDraft({ value, onSave, required = false, multiline = false }: EditableTextProps): Draft {
  const [text, setText] = useState<string | null>(null);
  const [base, setBase] = useState(value);
  /** The same two as of this very moment: a key and the blur it causes come before the next drawing. */
  const now = useRef({ text, base });
  const latestOnSave = useRef(onSave);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    latestOnSave.current = onSave;
  });

  const become = (next: { text: string | null; base: string }) => {
    now.current = next;
    setText(next.text);
    setBase(next.base);
  };
  const save = useCallback(() => {
    clearTimeout(timer.current);
    const { text: typed, base: typedOver } = now.current;
    if (typed === null || (required && typed.trim() === "")) return;
    const kept = keptOf(typed, multiline);
    if (kept === typedOver) return;
    now.current = { text: typed, base: kept };
    setBase(kept);
    latestOnSave.current(kept, typedOver);
  }, [required, multiline]);
  // What is typed is not lost when the field goes away.
  useEffect(() => save, [save]);

  return {
    text,
    conflictWith: text !== null && value !== base && value !== keptOf(text, multiline) ? value : null,
    type: (typed) => {
      become({ text: typed, base: now.current.text === null ? value : now.current.base });
      clearTimeout(timer.current);
      timer.current = setTimeout(save, SAVE_AFTER_MS);
    },
    leave: () => {
      save();
      become({ ...now.current, text: null });
    },
    drop: () => {
      clearTimeout(timer.current);
      become({ ...now.current, text: null });
    },
    keep: () => become({ ...now.current, base: value }),
  };
}
