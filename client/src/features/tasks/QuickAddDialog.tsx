import Dialog from "@mui/material/Dialog";
import { useId } from "react";
import { useNavigate } from "react-router";

import { useAccountId } from "../../sync/hooks";
import { showToast } from "../../ui/feedback/toasts";
import { useTaskLink } from "../../ui/layout/useTaskLink";
import type { TaskPlace } from "../../ui/tasks/taskActions";
import styles from "./QuickAddDialog.module.css";
import { QuickAddForm } from "./QuickAddForm";
import type { QuickAdd } from "./parseQuickAdd";
import { useQuickAdd } from "./useQuickAdd";

interface QuickAddDialogProps {
  place: TaskPlace;
  onClose: () => void;
}

export function QuickAddDialog({ place, onClose }: QuickAddDialogProps) {
  const { context, add } = useQuickAdd(place);
  const accountId = useAccountId();
  const titleId = useId();
  const navigate = useNavigate();
  const taskLink = useTaskLink();

  const onAdd = (asked: QuickAdd, another: boolean) => {
    const isShared = asked.board_id !== accountId;
    const mine: Partial<QuickAdd> = place.for_today
      ? {
          scheduled_on: asked.scheduled_on ?? (asked.due_on === null ? context.today : null),
          assignee_ids: isShared && asked.assignee_ids.length === 0 ? [accountId] : asked.assignee_ids,
        }
      : {};
    const taskId = add({ ...asked, ...mine });
    const board = context.boards.find(({ id }) => id === asked.board_id);
    showToast(`Added to ${board?.name ?? "your board"}`, {
      label: "Open",
      run: () => void navigate(taskLink({ board_id: asked.board_id, task_id: taskId })),
    });
    if (!another) onClose();
  };

  return (
    <Dialog
      open
      onClose={onClose}
      aria-labelledby={titleId}
      maxWidth="sm"
      fullWidth
      sx={{ "& .MuiDialog-container": { alignItems: "flex-start" } }}
      slotProps={{ paper: { className: styles.paper ?? "" } }}
    >
      <h2 id={titleId} className="visually-hidden">
        Add task
      </h2>
      <QuickAddForm context={context} onAdd={onAdd} onCancel={onClose} />
    </Dialog>
  );
}
