import InputBase from "@mui/material/InputBase";

import { Material } from "../../../ui/theme/Material";

interface NoteFieldProps {
  value: string;
  onChange: (value: string) => void;
}

const LONGEST_NOTE = 2_000;

/** A few words beside a number. */
export function NoteField({ value, onChange }: NoteFieldProps) {
  return (
    <Material>
      <InputBase
        multiline
        fullWidth
        maxRows={6}
        value={value}
        placeholder="Add a note"
        inputProps={{ "aria-label": "Note", maxLength: LONGEST_NOTE, dir: "auto" }}
        onChange={(event) => onChange(event.target.value)}
        sx={{
          padding: "10px 12px",
          borderRadius: "6px",
          backgroundColor: "var(--pressed)",
          fontSize: "var(--t15)",
          "&.Mui-focused": { boxShadow: "inset 0 0 0 2px var(--focus)" },
        }}
      />
    </Material>
  );
}
