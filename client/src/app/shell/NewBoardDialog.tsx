import Dialog from "@mui/material/Dialog";
import { useId, useState } from "react";
import { useNavigate } from "react-router";

import { useSendCommand } from "../../sync/hooks";
import { newId } from "../../sync/ids";
import { SpokenOver } from "../../ui/feedback/SpokenOver";
import { Button } from "../../ui/inputs/Button";
import { Field } from "../../ui/inputs/Field";
import { Material } from "../../ui/theme/Material";
import { paths } from "../paths";
import styles from "./NewBoardDialog.module.css";

/** Makes a board and goes there. */
export default function NewBoardDialog({ onClose }: { onClose: () => void }) {
  const send = useSendCommand();
  const navigate = useNavigate();
  const [title, setTitle] = useState("");
  const [isTried, setTried] = useState(false);
  const isUnnamed = title.trim() === "";
  const id = useId();

  const make = () => {
    const boardId = newId();
    void send({ type: "board.create", board_id: boardId, title: title.trim() });
    onClose();
    void navigate(paths.board(boardId));
  };

  return (
    <Material>
      <Dialog open onClose={onClose} aria-labelledby={id} maxWidth="xs">
        <form
          className={styles.body}
          onSubmit={(event) => {
            event.preventDefault();
            setTried(true);
            if (!isUnnamed) make();
          }}
        >
          <h2 id={id} className={styles.title}>
            New board
          </h2>
          <p className={styles.text}>A board holds tasks and goals in lists. You decide who sees it.</p>
          <Field
            label="Name"
            value={title}
            onChange={setTitle}
            placeholder="Home, Marathon, Product launch"
            error={isTried && isUnnamed ? "A board needs a name." : null}
            max_length={500}
            focused
          />
          <div className={styles.actions}>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="contained" color="accent">
              Make board
            </Button>
          </div>
        </form>
        <SpokenOver />
      </Dialog>
    </Material>
  );
}
