import { Link2, Unlink } from "lucide-react";
import { useMemo, useState } from "react";
import { useSelector } from "react-redux";

import type { Goal, Id, Link as TaskLink } from "../../../protocol/records";
import { useKeyResults, useLinksOfGoal, useMay, useMembers, useTask } from "../../../sync/hooks";
import { newId } from "../../../sync/ids";
import { selectRecords } from "../../../sync/selectors";
import type { RootState } from "../../../sync/state";
import { useSendWithUndo } from "../../../ui/feedback/useSendWithUndo";
import { Button } from "../../../ui/inputs/Button";
import { IconButton } from "../../../ui/inputs/IconButton";
import { Section } from "../../../ui/layout/Section";
import { useArrivalColor } from "../../../ui/people/useArrivalColor";
import { TaskRow } from "../../../ui/tasks/TaskRow";
import { TaskRows } from "../../../ui/tasks/TaskRows";
import { toPriority } from "../../../ui/tasks/priority";
import { useTaskActions } from "../../../ui/tasks/taskActions";
import { LinkTaskSheet } from "./LinkTaskSheet";
import styles from "./LinkedTasks.module.css";

/** The tasks that count for a goal: ticked here as anywhere. */
export function LinkedTasks({ boardId, goal }: { boardId: Id; goal: Goal }) {
  const links = useSortedLinks(boardId, goal.id);
  const mayLink = useMay(boardId, "link.create");
  const [isLinking, setLinking] = useState(false);
  if (links.length === 0 && !mayLink) return null;
  return (
    <Section
      title="Tasks"
      action={
        mayLink && (
          <Button variant="text" startIcon={<Link2 size={16} strokeWidth={1.75} aria-hidden />} onClick={() => setLinking(true)}>
            Link tasks
          </Button>
        )
      }
    >
      {links.length === 0 ? (
        <p className={styles.empty}>Link the tasks that bring this goal closer. They stay on their board.</p>
      ) : (
        <TaskRows label="Linked tasks">
          {links.map((link) => (
            <LinkedTask key={link.id} boardId={boardId} link={link} />
          ))}
        </TaskRows>
      )}
      {isLinking && <LinkTaskSheet boardId={boardId} goal={goal} onClose={() => setLinking(false)} />}
    </Section>
  );
}

/** Open tasks before done ones, those done last first. */
function useSortedLinks(boardId: Id, goalId: Id): readonly TaskLink[] {
  const links = useLinksOfGoal(boardId, goalId);
  const tasks = useSelector((state: RootState) => selectRecords(state, boardId).task);
  return useMemo(() => {
    const doneAt = (link: TaskLink) => tasks[link.task_id]?.completed_at ?? null;
    const rank = (link: TaskLink) => (doneAt(link) === null ? 0 : 1);
    return [...links].sort((a, b) => rank(a) - rank(b) || ((doneAt(a) ?? a.id) < (doneAt(b) ?? b.id) ? 1 : -1));
  }, [links, tasks]);
}

function LinkedTask({ boardId, link }: { boardId: Id; link: TaskLink }) {
  const task = useTask(boardId, link.task_id);
  const members = useMembers(boardId);
  const keyResult = useKeyResults(boardId, link.goal_id).find(({ id }) => id === link.key_result_id);
  const mayEdit = useMay(boardId, "link.remove");
  const actions = useTaskActions();
  const sendWithUndo = useSendWithUndo();
  const color = useArrivalColor(boardId, link.task_id);
  if (task?.deleted_at !== null) return null;

  const unlink = () => {
    // A removed link is gone for good: taking it back makes a new one.
    const again = { link_id: newId(), goal_id: link.goal_id, task_id: link.task_id, key_result_id: link.key_result_id };
    sendWithUndo({ type: "link.remove", board_id: boardId, link_id: link.id }, `Unlinked “${task.title}”`, {
      type: "link.create",
      board_id: boardId,
      ...again,
    });
  };
  return (
    <div className={styles.line}>
      <div className={styles.row}>
        <TaskRow
          id={task.id}
          title={task.title}
          done={task.completed_at !== null}
          priority={toPriority(task.priority)}
          scheduled_on={task.scheduled_on}
          due_on={task.due_on}
          place={keyResult?.title ?? null}
          assignees={members.filter(({ id }) => task.assignee_ids.includes(id))}
          address={{ board_id: boardId, task_id: task.id }}
          onToggle={mayEdit ? () => actions.toggle(boardId, task) : undefined}
          changed_by_color={color}
        />
      </div>
      {mayEdit && (
        <span className={styles.unlink}>
          <IconButton icon={Unlink} size={16} label={`Unlink ${task.title}`} onClick={unlink} />
        </span>
      )}
    </div>
  );
}
