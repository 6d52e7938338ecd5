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

export default function QuickAddDialog({ place, onClose }: QuickAddDialogProps) {
  const { context, add } = useQuickAdd(place);
  const accountId = useAccountId();
  const showTask = useShowTask();

  const forToday = (asked: QuickAdd): QuickAdd => ({
    ...asked,
    scheduled_on: asked.scheduled_on ?? (asked.due_on === null ? context.today : null),
    assignee_ids: asked.board_id !== accountId && asked.assignee_ids.length === 0 ? [accountId] : asked.assignee_ids,
  });
  const onAdd = (lines: readonly QuickAdd[], another: boolean) => {
    const added = lines.map((asked) => ({ board_id: asked.board_id, task_id: add(place.for_today ? forToday(asked) : asked) }));
    const names = new Set(added.map(({ board_id }) => context.boards.find(({ id }) => id === board_id)?.name ?? "your board"));
    const [only] = added;
    if (added.length === 1 && only !== undefined) {
      showToast(`Added to ${[...names].join()}`, { label: "Open", run: () => showTask(only) });
    } else {
      showToast(`Added ${added.length} tasks to ${names.size === 1 ? [...names].join() : `${names.size} boards`}`);
    }
    if (!another) onClose();
  };

  return (
    <TopDialog title="Add task" onClose={onClose}>
      <QuickAddForm context={context} onAdd={onAdd} onCancel={onClose} />
    </TopDialog>
  );
}
