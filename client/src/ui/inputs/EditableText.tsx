import InputBase from "@mui/material/InputBase";
import { useEffect, useRef, useState } from "react";

interface EditableTextProps {
  /** What is known now; may change under our hands when others edit it. */
  value: string;
  label: string;
  onSave: (value: string) => void;
  placeholder?: string;
  multiline?: boolean;
  /** An empty text is not kept: the field goes back to what it was. */
  required?: boolean;
  readOnly?: boolean;
  max_length?: number;
  size?: "title" | "text";
  id?: string;
  /** Called when somebody else changed the value while it was being edited here. */
  onConflict?: (theirs: string) => void;
}

const SAVE_AFTER_MS = 1_000;

/**
 * Text that is edited where it stands. It is saved on leaving the field and after a second of rest. While the field has the
 * focus, what comes from outside never replaces what is being typed.
 */
export function EditableText(props: EditableTextProps) {
  const { value, label, onSave, multiline = false, required = false, readOnly = false, size = "text", onConflict } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const saved = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef({ draft, onSave, value });
  useEffect(() => {
    latest.current = { draft, onSave, value };
  });

  const save = () => {
    clearTimeout(timer.current);
    const { draft: text, onSave: keep, value: known } = latest.current;
    if (text === null || text === known || text === saved.current || (required && text.trim() === "")) return;
    saved.current = text;
    keep(text);
  };
  const saveLatest = useRef(save);
  useEffect(() => {
    saveLatest.current = save;
  });
  useEffect(() => () => saveLatest.current(), []);

  useEffect(() => {
    if (latest.current.draft === null) {
      saved.current = value;
      return;
    }
    if (value !== saved.current) {
      saved.current = value;
      if (value !== latest.current.draft) onConflict?.(value);
    }
  }, [value, onConflict]);

  return (
    <InputBase
      id={props.id}
      value={draft ?? value}
      placeholder={props.placeholder}
      multiline
      minRows={multiline ? 3 : 1}
      readOnly={readOnly}
      fullWidth
      inputProps={{ "aria-label": label, maxLength: props.max_length, dir: "auto", spellCheck: true }}
      onFocus={() => {
        if (!readOnly) setDraft(value);
      }}
      onChange={(event) => {
        const text = multiline ? event.target.value : event.target.value.replace(/\n/g, " ");
        setDraft(text);
        latest.current.draft = text;
        clearTimeout(timer.current);
        timer.current = setTimeout(() => saveLatest.current(), SAVE_AFTER_MS);
      }}
      onBlur={() => {
        save();
        setDraft(null);
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter" && (!multiline || event.metaKey || event.ctrlKey)) {
          event.preventDefault();
          (event.target as HTMLElement).blur();
        }
        if (event.key === "Escape") {
          event.preventDefault();
          clearTimeout(timer.current);
          latest.current.draft = null;
          setDraft(null);
          (event.target as HTMLElement).blur();
        }
      }}
      sx={{
        padding: "4px 8px",
        marginInline: "-8px",
        borderRadius: "6px",
        fontSize: size === "title" ? "var(--t18)" : "var(--t15)",
        fontWeight: size === "title" ? "var(--w-title)" : "var(--w-regular)",
        lineHeight: size === "title" ? 1.3 : 1.5,
        width: "calc(100% + 16px)",
        ...(readOnly ? {} : { "&:hover": { backgroundColor: "var(--hover)" } }),
        "&.Mui-focused": { backgroundColor: "var(--sunken)", boxShadow: "inset 0 0 0 2px var(--focus)" },
      }}
    />
  );
}
