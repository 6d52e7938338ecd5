import { useAccountId } from "../../sync/hooks";
import { showToast } from "../../ui/feedback/toasts";
import { TopDialog } from "../../ui/layout/TopDialog";
import { useShowTask } from "../../ui/layout/useTaskLink";
import type { QuickAdd } from "../../ui/quick-add/parseQuickAdd";
import type { TaskPlace } from "../../ui/tasks/taskActions";
import { QuickAddForm } from "./QuickAddForm";
import { useQuickAdd } from "./useQuickAdd";

interface QuickAddDialogProps {
  place: TaskPlace;
  onClose: () => void;
}

export function QuickAddDialog({ place, onClose }: QuickAddDialogProps) {
  const { context, add } = useQuickAdd(place);
  const accountId = useAccountId();
  const showTask = useShowTask();

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
      run: () => showTask({ board_id: asked.board_id, task_id: taskId }),
    });
    if (!another) onClose();
  };

  return (
    <TopDialog title="Add task" onClose={onClose}>
      <QuickAddForm context={context} onAdd={onAdd} onCancel={onClose} />
    </TopDialog>
  );
}
