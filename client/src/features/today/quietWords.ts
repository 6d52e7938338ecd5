import type { TaskGroups } from "./groupTasks";

/** What Today says when it has no open task; null: there is no task at all, so the first step is shown instead. */
export function quietWords({ overdue, upcoming, later, undated, done }: TaskGroups): string | null {
  if (overdue.length > 0) return "Nothing else for today. What is overdue still waits.";
  if (done.length > 0) return "All done for today.";
  const hasMore = upcoming.length > 0 || later.length > 0 || undated.length > 0;
  return hasMore ? "Nothing planned for today." : null;
}
