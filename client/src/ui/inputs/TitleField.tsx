import { useEffect, useRef, useState } from "react";

interface TitleFieldProps {
  title: string;
  label: string;
  className: string | undefined;
  /** Called with a new title only, and with the one that was there when typing began. */
  onSave: (title: string, typedOver: string) => void;
  onClose: () => void;
}

const LONGEST_TITLE = 500;

/** A title while it is being edited where it stands: Enter and leaving keep it, Escape does not. */
export function TitleField({ title: known, label, className, onSave, onClose }: TitleFieldProps) {
  const [opened] = useState(known);
  const [title, setTitle] = useState(opened);
  const field = useRef<HTMLInputElement>(null);
  const isLeaving = useRef(false);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  const leave = (keeps: boolean) => {
    // Closing takes the focus away, which must not save a second time.
    if (isLeaving.current) return;
    isLeaving.current = true;
    const words = title.trim();
    // Compared with what was there at the start: a title that nobody touched must not undo somebody else's.
    if (keeps && words !== "" && words !== opened) onSave(words, opened);
    onClose();
  };

  return (
    <input
      ref={field}
      className={className}
      value={title}
      maxLength={LONGEST_TITLE}
      aria-label={label}
      dir="auto"
      onChange={(event) => setTitle(event.target.value)}
      onBlur={() => leave(true)}
      onMouseDown={(event) => event.stopPropagation()}
      onTouchStart={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter") leave(true);
        if (event.key === "Escape") {
          event.stopPropagation();
          leave(false);
        }
      }}
    />
  );
}
