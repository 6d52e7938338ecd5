import Button from "@mui/material/Button";
import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";

import type { Comment, Id } from "../../../protocol/records";
import { useAccountId, useComments, useMay, useMember, useRole, useSendCommand } from "../../../sync/hooks";
import { newId } from "../../../sync/ids";
import { atLeast } from "../../../sync/roles";
import { agoWords } from "../../../ui/days/dayWords";
import { showToast } from "../../../ui/feedback/toasts";
import { EditableText } from "../../../ui/inputs/EditableText";
import { IconButton } from "../../../ui/inputs/IconButton";
import { Section } from "../../../ui/layout/Section";
import { Avatar } from "../../../ui/people/Avatar";
import { CommentComposer } from "./CommentComposer";
import styles from "./TaskPanel.module.css";

interface CommentsPartProps {
  board_id: Id;
  task_id: Id;
}

/** What people said about the task, live. */
export function CommentsPart({ board_id, task_id }: CommentsPartProps) {
  const comments = useComments(board_id, task_id);
  const mayComment = useMay(board_id, "comment.create");
  const send = useSendCommand();
  if (comments.length === 0 && !mayComment) return null;
  return (
    <Section title="Comments" {...(comments.length > 0 && { count: comments.length })}>
      <ul className={styles.comments}>
        {comments.map((comment) => (
          <CommentItem key={comment.id} board_id={board_id} comment={comment} />
        ))}
      </ul>
      {mayComment && (
        <CommentComposer
          draft_key={task_id}
          onSend={(text) => void send({ type: "comment.create", board_id, comment_id: newId(), task_id, text })}
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
  const [isEditing, setEditing] = useState(false);
  const isMine = comment.created_by === accountId;
  const mayDelete = isMine || (role !== null && atLeast(role, "admin"));
  const person = author ?? { id: comment.created_by, name: "Former member", color: 7 };

  const remove = () => {
    void send({ type: "comment.delete", board_id, comment_id: comment.id });
    showToast("Comment deleted", {
      label: "Undo",
      run: () => void send({ type: "comment.restore", board_id, comment_id: comment.id }),
    });
  };
  const edit = (text: string) => void send({ type: "comment.edit", board_id, comment_id: comment.id, text });

  return (
    <li className={styles.comment}>
      <Avatar person={person} size={24} decorative />
      <div className={styles.commentBody}>
        <div className={styles.commentHead}>
          <strong>{person.name}</strong>
          <time dateTime={comment.created_at}>{agoWords(comment.created_at, new Date())}</time>
          {comment.edited_at !== null && <span>edited</span>}
          <span className={styles.commentActions}>
            {isMine && !isEditing && <IconButton icon={Pencil} size={16} label="Edit comment" onClick={() => setEditing(true)} />}
            {mayDelete && <IconButton icon={Trash2} size={16} label="Delete comment" onClick={remove} />}
          </span>
        </div>
        {isEditing ? (
          <div className={styles.commentEdit}>
            <EditableText multiline required label="Comment" value={comment.text} onSave={edit} max_length={10_000} />
            <Button size="small" onClick={() => setEditing(false)}>
              Done
            </Button>
          </div>
        ) : (
          <p className={styles.commentText} dir="auto">
            {comment.text}
          </p>
        )}
      </div>
    </li>
  );
}
