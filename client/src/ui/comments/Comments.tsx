import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";

import type { Comment, Id } from "../../protocol/records";
import { useAccountId, useComments, useMay, useMember, useRole, useSendCommand } from "../../sync/hooks";
import { newId } from "../../sync/ids";
import { atLeast } from "../../sync/roles";
import { agoWords } from "../days/dayWords";
import { useSendWithUndo } from "../feedback/useSendWithUndo";
import { Button } from "../inputs/Button";
import { EditableText } from "../inputs/EditableText";
import { IconButton } from "../inputs/IconButton";
import { Section } from "../layout/Section";
import { Avatar } from "../people/Avatar";
import { CommentComposer } from "./CommentComposer";
import styles from "./Comments.module.css";

interface CommentsProps {
  board_id: Id;
  /** What they are about. */
  parent: { task_id: Id } | { goal_id: Id };
}

/** What people said about a task or a goal, live. */
export function Comments({ board_id, parent }: CommentsProps) {
  const parentId = "task_id" in parent ? parent.task_id : parent.goal_id;
  const comments = useComments(board_id, parentId);
  const mayComment = useMay(board_id, "comment.create");
  const send = useSendCommand();
  if (comments.length === 0 && !mayComment) return null;
  return (
    <Section title="Comments" {...(comments.length > 0 && { count: comments.length })}>
      <ul className={styles.list}>
        {comments.map((comment) => (
          <CommentItem key={comment.id} board_id={board_id} comment={comment} />
        ))}
      </ul>
      {mayComment && (
        <CommentComposer
          draft_key={parentId}
          onSend={(text) => void send({ type: "comment.create", board_id, comment_id: newId(), ...parent, text })}
        />
      )}
    </Section>
  );
}

function CommentItem({ board_id, comment }: { board_id: Id; comment: Comment }) {
  const author = useMember(board_id, comment.created_by);
  const accountId = useAccountId();
  const role = useRole(board_id);
  const send = useSendCommand();
  const sendWithUndo = useSendWithUndo();
  const [isEditing, setEditing] = useState(false);
  const isMine = comment.created_by === accountId;
  const mayDelete = isMine || (role !== null && atLeast(role, "admin"));
  const person = author ?? { id: comment.created_by, name: "Former member", color: 7 };

  const remove = () => {
    const onComment = { board_id, comment_id: comment.id };
    sendWithUndo({ type: "comment.delete", ...onComment }, "Comment deleted", { type: "comment.restore", ...onComment });
  };
  const edit = (text: string, typedOver: string) =>
    void send({ type: "comment.edit", board_id, comment_id: comment.id, text }, { text: typedOver });

  return (
    <li className={styles.comment}>
      <Avatar person={person} size={24} decorative />
      <div className={styles.body}>
        <div className={styles.head}>
          <strong>{person.name}</strong>
          <time dateTime={comment.created_at}>{agoWords(comment.created_at, new Date())}</time>
          {comment.edited_at !== null && <span>edited</span>}
          <span className={styles.actions}>
            {isMine && !isEditing && <IconButton icon={Pencil} size={16} label="Edit comment" onClick={() => setEditing(true)} />}
            {mayDelete && <IconButton icon={Trash2} size={16} label="Delete comment" onClick={remove} />}
          </span>
        </div>
        {isEditing ? (
          <div className={styles.edit}>
            <EditableText multiline required label="Comment" value={comment.text} onSave={edit} max_length={10_000} />
            <Button onClick={() => setEditing(false)}>
              Done
            </Button>
          </div>
        ) : (
          <p className={styles.text} dir="auto">
            {comment.text}
          </p>
        )}
      </div>
    </li>
  );
}
