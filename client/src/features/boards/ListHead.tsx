import { ArrowLeft, ArrowRight, MoveHorizontal, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";

import type { Id, List } from "../../protocol/records";
import { useMay } from "../../sync/hooks";
import { ActionMenu } from "../../ui/actions/ActionMenu";
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
  const { moveBy, remove } = useListCommands(boardId, list);
  const { liftList } = useDragActions();
  return (
    <ActionMenu
      label={`Actions for the list ${list.title}`}
      actions={[
        { icon: Pencil, words: "Rename", act: onRename },
        { icon: ArrowLeft, words: "Move left", act: () => moveBy(-1) },
        { icon: ArrowRight, words: "Move right", act: () => moveBy(1) },
        { icon: MoveHorizontal, words: "Move with the arrow keys", act: () => liftList(list.id) },
        { icon: Trash2, words: "Delete list", act: remove },
      ]}
    />
  );
}
