import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import { ArrowLeft, ArrowRight, Ellipsis, MoveHorizontal, Pencil, Trash2, type LucideIcon } from "lucide-react";
import { useState } from "react";

import type { Id, List } from "../../protocol/records";
import { useMay } from "../../sync/hooks";
import { IconButton } from "../../ui/inputs/IconButton";
import { TitleField } from "../../ui/inputs/TitleField";
import styles from "./ListHead.module.css";
import { useDragActions } from "./drag/dragContext";
import { useListCommands } from "./useListCommands";

interface ListHeadProps {
  boardId: Id;
  list: List;
  /** How many tasks are still to be done. */
  count: number;
  titleId: string;
}

/** A list's title, edited where it stands, and what can be done to the list. */
export function ListHead({ boardId, list, count, titleId }: ListHeadProps) {
  const mayEdit = useMay(boardId, "list.edit");
  const [isEditing, setEditing] = useState(false);
  const { rename } = useListCommands(boardId, list);
  return (
    <div className={styles.head}>
      {isEditing ? (
        <TitleField
          title={list.title}
          label={`Title of the list ${list.title}`}
          className={styles.field}
          onSave={rename}
          onClose={() => setEditing(false)}
        />
      ) : (
        <h2 id={titleId} className={`${styles.title} ${mayEdit ? "" : styles.fixed}`} dir="auto">
          {mayEdit ? (
            <button type="button" className={styles.rename} onClick={() => setEditing(true)} title="Rename">
              {list.title}
            </button>
          ) : (
            list.title
          )}
        </h2>
      )}
      <span className={styles.count} title={count === 1 ? "1 task" : `${count} tasks`}>
        {count}
      </span>
      {mayEdit && <ListMenu boardId={boardId} list={list} onRename={() => setEditing(true)} />}
    </div>
  );
}

/** What can be done to a list. */
export function ListMenu({ boardId, list, onRename }: { boardId: Id; list: List; onRename: () => void }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { moveBy, remove } = useListCommands(boardId, list);
  const { liftList } = useDragActions();
  const item = (Icon: LucideIcon, words: string, act: () => void) => (
    <MenuItem
      key={words}
      onClick={() => {
        setAnchor(null);
        // After the menu has given the focus back.
        requestAnimationFrame(act);
      }}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      {words}
    </MenuItem>
  );
  return (
    <>
      <IconButton
        icon={Ellipsis}
        size={16}
        label={`Actions for the list ${list.title}`}
        expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      />
      <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)}>
        {item(Pencil, "Rename", onRename)}
        {item(ArrowLeft, "Move left", () => moveBy(-1))}
        {item(ArrowRight, "Move right", () => moveBy(1))}
        {item(MoveHorizontal, "Move with the arrow keys", () => liftList(list.id))}
        {item(Trash2, "Delete list", remove)}
      </Menu>
    </>
  );
}
