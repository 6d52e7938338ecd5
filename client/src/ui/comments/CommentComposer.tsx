import InputBase from "@mui/material/InputBase";
import { ArrowUp } from "lucide-react";
import { useRef, useState } from "react";

import { IconButton } from "../inputs/IconButton";
import { MOD_KEY } from "../keys/useGlobalKeys";
import { Material } from "../theme/Material";
import styles from "./Comments.module.css";

interface CommentComposerProps {
  /** What the draft is kept under while this tab lives. */
  draft_key: string;
  onSend: (text: string) => void;
}

/** Writes a comment. What is not sent yet is there again when the page is opened again. */
export function CommentComposer({ draft_key, onSend }: CommentComposerProps) {
  const key = `lockstep.comment.${draft_key}`;
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? "");
  const isEmpty = text.trim() === "";
  const field = useRef<HTMLTextAreaElement>(null);

  const type = (typed: string) => {
    setText(typed);
    if (typed === "") sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, typed);
  };
  const send = () => {
    if (isEmpty) return;
    onSend(text.trim());
    type("");
    // An empty comment cannot be sent, so the button would take the focus of whoever pressed it by keyboard along.
    field.current?.focus();
  };
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Material>
        <InputBase
          multiline
          fullWidth
          maxRows={10}
          value={text}
          inputRef={field}
          placeholder="Write a comment"
          inputProps={{ "aria-label": "Comment", maxLength: 10_000, dir: "auto" }}
          onChange={(event) => type(event.target.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === "Escape") field.current?.blur();
            else if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
              event.preventDefault();
              send();
            }
          }}
          sx={{ fontSize: "var(--t15)", padding: 0, minHeight: "var(--tap)" }}
        />
      </Material>
      <IconButton icon={ArrowUp} label="Send comment" shortcut={`${MOD_KEY} Enter`} tone="accent" disabled={isEmpty} onClick={send} />
    </form>
  );
}
